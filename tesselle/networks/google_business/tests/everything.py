"""Each request that the connector ever makes for a place; held against Google's descriptions of them."""

from typing import Any

from tesselle.connectors.card import Discussed
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import FORMAT, Content
from tesselle.domain.verdicts import Remote
from tesselle.networks.google_business.sandbox.reviews import Reviews

DAYS = {"start_date": "2026-12-05", "start_time": "09:00", "end_date": "2026-12-06", "end_time": "17:30"}
LINK = "https://carrelage.example/"


async def everything(stage: Stage) -> None:
    connector = stage.plugin.connector

    async def send(content: Content, kind: str, **more: Any) -> Remote:
        call = await stage.prepared(stage.step(content, kind, **more))
        verdict: Any = await stage.send(call)
        await stage.look_up(call)
        remote: Remote = verdict.remote
        await stage.verify(remote)
        return remote

    posts = [
        await send(content, "post")
        for content in (
            Content("Sol", link=LINK, media=(stage.image(),), language="fr"),
            Content("Appelez", options={"action": "CALL"}),
            Content("Venez", "Portes ouvertes", options={FORMAT: "event", **DAYS}),
            Content(
                "Moins 10 %",
                "Offre",
                link=LINK,
                options={FORMAT: "offer", **DAYS, "coupon": "SOL10", "terms": "En décembre"},
            ),
        )
    ]
    place = await stage.network.account(stage.account.remote_id)
    assert place is not None
    await Reviews(stage.network).write(place, "Ana", 5, "Bravo")
    (review,) = await connector.received(Discussed.REVIEWS, stage.api())
    answer = await send(Content("Merci"), "answer", target=review.remote)
    await connector.channel_figures(stage.api())
    await connector.history(stage.api(), stage.clock.now.replace(year=2020))
    await connector.self_checks(stage.api())
    await connector.accounts("google", stage.api())
    await connector.identify(stage.account.credentials, stage.api())
    await send(Content("Mieux"), "edit", target=posts[0])
    photo = await send(Content(media=(stage.image("p.png"),), options={FORMAT: "gallery"}), "post")
    film = await send(Content(media=(stage.film(),), options={FORMAT: "gallery"}), "post")
    cover = Content(media=(stage.image("c.png"),), options={FORMAT: "gallery", "shows": "COVER"})
    await send(cover, "post")
    for one in (answer, posts[0], photo, film):
        await send(Content(), "delete", target=one)
