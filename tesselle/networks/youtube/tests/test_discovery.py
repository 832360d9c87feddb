"""Each request of the connector against Google's own description of its APIs."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.discovery import Watched, differs
from tesselle.domain.content import Content
from tesselle.networks.youtube.uploads import PIECE_BYTES

DOCUMENTS = ("youtube.v3", "youtubeAnalytics.v2")
ASIDE = r"upload_id=|/token$|/revoke$"
"""Pieces go to an address that YouTube itself hands out; Google's sign-in is no part of these APIs."""


async def everything(stage) -> None:
    """Each request that the connector ever makes for a channel."""
    connector = stage.plugin.connector
    playlist = (await connector.choices("playlist", {}, stage.api()))[0].value
    options = {
        **stage.options,
        "playlist": playlist,
        "tags": "sol, mur",
        "category": "26",
        "privacy": "unlisted",
        "synthetic": "1",
        "quiet": "1",
        "first_comment": "Questions ?",
    }
    film = stage.film()
    with (stage.folder / film.asset).open("r+b") as file:
        file.truncate(PIECE_BYTES + 5)
    content = Content("Pose", "Pose", media=(film, stage.image()), language="fr", options=options)

    async def send(content: Content, kind: str, **more: Any) -> Any:
        call = await stage.prepared(stage.step(content, kind, **more))
        verdict = await stage.send(call)
        await stage.look_up(call)
        return verdict.remote

    remote = await send(content, "post")
    comment = await send(content, "comment", position=1, earlier=(remote,))
    answer = await send(Content(text="Merci"), "answer", target=comment)
    for one in (remote, comment):
        await stage.verify(one)
    await connector.replies(remote, stage.api())
    await connector.post_figures((remote,), stage.api())
    await connector.channel_figures(stage.api())
    await connector.history(stage.api(), stage.clock.now.replace(year=2020))
    await connector.self_checks(stage.api())
    await connector.identify({}, stage.api())
    await send(Content(text="Mieux"), "edit", target=remote)
    for one in (answer, remote):
        await send(Content(), "delete", target=one)


async def test_every_request_is_one_that_google_describes(stage):
    watched = Watched(stage.transport, DOCUMENTS, ASIDE)
    stage.transport = watched

    await everything(stage)

    assert watched.methods == {
        *("videos.insert", "videos.list", "videos.update", "videos.delete", "thumbnails.set"),
        *("playlists.list", "playlistItems.list", "playlistItems.insert", "channels.list"),
        *("commentThreads.list", "commentThreads.insert", "comments.list", "comments.insert"),
        *("comments.delete", "reports.query"),
    }


BASE = "https://youtube.example/youtube/v3"


@pytest.mark.parametrize(
    ("method", "url", "body", "words"),
    [
        (
            "PUT",
            f"{BASE}/videos?part=status",
            {"id": "a", "status": {"privacy": "x"}},
            "privacy is not described",
        ),
        ("PUT", f"{BASE}/videos?part=status", {"id": 7}, "not of type string"),
        ("PUT", f"{BASE}/videos?part=status", {"status": {"privacyStatus": "open"}}, "is none of"),
        ("PUT", f"{BASE}/videos", {"id": "a"}, "lacks 'part'"),
        ("GET", f"{BASE}/videos?part=id&video=a", None, "not described"),
        ("GET", f"{BASE}/playlists?part=id&mine=yes", None, "neither true nor false"),
        ("GET", f"{BASE}/commentThreads?part=id&maxResults=500", None, "out of bounds"),
        ("GET", f"{BASE}/films?part=id", None, "is in none of"),
        ("DELETE", f"{BASE}/videos?id=a", {"id": "a"}, "nobody asked for"),
    ],
)
def test_the_description_would_see_a_mistake(method, url, body, words):
    request = Request(method, url)
    if body is not None:
        data = json.dumps(body).encode()
        request = replace(request, headers={"Content-Type": "application/json"}, body=data)

    _, problems = differs(request, DOCUMENTS)

    assert any(words in problem for problem in problems), problems
