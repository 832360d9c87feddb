"""Meta's own client (PyPI `facebook-business`) drives our sandbox over loopback HTTP.

It speaks to graph.facebook.com; no client of Meta's speaks to graph.instagram.com, whose paths are the
same: it is pointed there as well.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from facebook_business.adobjects.igcomment import IGComment
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.shadowigmediabuilder import ShadowIGMediaBuilder
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.networks.instagram.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault

pytestmark = [
    # The client knows fewer fields and types than the API that it is made from.
    pytest.mark.filterwarnings("ignore:.* does not allow field:UserWarning"),
    pytest.mark.filterwarnings("ignore:value of .* might not be compatible:UserWarning"),
]

PICTURE = "https://media.example/tiles.jpg"
FILM = "https://media.example/laying.mp4"


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    account: str
    token: str

    async def do(self, act: Callable[[IGUser, Any], Any]) -> Any:
        """What `act` gets from the account and a client of its own, in a thread: the client blocks."""

        def run() -> Any:
            session = FacebookSession(PRACTICE_ID, PRACTICE_SECRET, self.token, timeout=10)
            try:
                api = FacebookAdsApi(session)
                return act(IGUser(self.account, api=api), api)
            finally:
                session.requests.close()

        return await asyncio.to_thread(run)


@pytest.fixture(params=["linked", "direct"])
async def driven(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        base = f"{house.base}/instagram"
        monkeypatch.setattr(FacebookSession, "GRAPH", base)
        network = house.served["instagram"].network
        account = await SANDBOX.open_account(network, base, "carrelage", "Carrelage", kind=request.param)
        yield Driven(house, account.id, account.answers["access_token"])


def published(user: IGUser, api: Any, **params: Any) -> IGMedia:
    container = user.create_media(params=params)
    made = user.create_media_publish(params={"creation_id": container["id"]})
    return IGMedia(made["id"], api=api)


async def test_it_publishes_a_picture_and_reads_it_back(driven):
    def act(user, api):
        media = published(user, api, image_url=PICTURE, caption="Tiles", alt_text="Blue tiles")
        return media.api_get(fields=["caption", "permalink", "media_product_type", "timestamp"])

    media = await driven.do(act)

    assert (media["caption"], media["media_product_type"]) == ("Tiles", "FEED")
    assert media["permalink"].startswith("https://www.instagram.com/p/")


async def test_it_publishes_a_mixed_album_once_its_film_is_ready(driven):
    def act(user, api):
        picture = user.create_media(params={"image_url": PICTURE, "is_carousel_item": True})
        film = user.create_media(params={"video_url": FILM, "media_type": "VIDEO", "is_carousel_item": True})
        states = [
            ShadowIGMediaBuilder(film["id"], api=api).api_get(fields=["status_code"])["status_code"]
            for _look in range(2)
        ]
        children = [picture["id"], film["id"]]
        media = published(user, api, media_type="CAROUSEL", children=children, caption="Album")
        return states, media.api_get(fields=["media_type"])

    states, media = await driven.do(act)

    assert states == ["IN_PROGRESS", "FINISHED"]
    assert media["media_type"] == "CAROUSEL_ALBUM"


async def test_a_reel_published_too_early_is_refused_and_a_container_goes_out_once(driven):
    def act(user, api):
        container = user.create_media(params={"media_type": "REELS", "video_url": FILM, "caption": "Laying"})
        publish = {"creation_id": container["id"]}
        with pytest.raises(FacebookRequestError) as early:
            user.create_media_publish(params=publish)
        builder = ShadowIGMediaBuilder(container["id"], api=api)
        for _look in range(2):
            builder.api_get(fields=["status_code"])
        user.create_media_publish(params=publish)
        with pytest.raises(FacebookRequestError):
            user.create_media_publish(params=publish)
        return early.value, builder.api_get(fields=["status_code"]), list(user.get_media(fields=["caption"]))

    early, state, media = await driven.do(act)

    assert (early.api_error_code(), early.api_error_subcode()) == (9007, 2207027)
    assert state["status_code"] == "PUBLISHED"
    assert [one["caption"] for one in media] == ["Laying"]


async def test_stories_are_in_a_list_of_their_own(driven):
    def act(user, api):
        story = published(user, api, media_type="STORIES", image_url=PICTURE)
        return story["id"], list(user.get_stories(fields=["id"])), list(user.get_media(fields=["id"]))

    story, stories, media = await driven.do(act)

    assert [one["id"] for one in stories] == [story]
    assert media == []


async def test_it_comments_and_replies(driven):
    def act(user, api):
        media = published(user, api, image_url=PICTURE, caption="Tiles")
        first = media.create_comment(params={"message": "Glue?"})
        IGComment(first["id"], api=api).create_reply(params={"message": "Grey"})
        return first["id"], list(media.get_comments(fields=["text", "username", "replies{text}"]))

    first, (comment,) = await driven.do(act)

    assert (comment["id"], comment["username"]) == (first, "carrelage")
    assert [one["text"] for one in comment["replies"]["data"]] == ["Grey"]


async def test_the_day_s_posts_are_counted(driven):
    def act(user, api):
        published(user, api, image_url=PICTURE)
        return list(user.get_content_publishing_limit(fields=["quota_usage", "config"]))

    (limit,) = await driven.do(act)

    assert limit["quota_usage"] == 1
    assert limit["config"]["quota_duration"] == 86_400


async def test_a_metric_of_another_kind_of_post_fails_the_whole_call(driven):
    def act(user, api):
        story = published(user, api, media_type="STORIES", image_url=PICTURE)
        with pytest.raises(FacebookRequestError, match="must be one of"):
            story.get_insights(params={"metric": ["reach", "saved"]})
        return [row["name"] for row in story.get_insights(params={"metric": ["reach", "views"]})]

    assert await driven.do(act) == ["reach", "views"]


async def test_only_the_linked_door_deletes(driven):
    def act(user, api):
        media = published(user, api, image_url=PICTURE)
        try:
            media.api_delete()
        except FacebookRequestError as error:
            return error.api_error_code()
        return "deleted"

    assert await driven.do(act) == ("deleted" if driven.token.startswith("page-") else 100)


async def test_it_understands_refusals_and_a_pause(driven):
    driven.house.served["instagram"].script.add(Fault("create", Effect.THROTTLE, seconds=300))

    def act(user, api):
        codes = []
        for params in (
            {"image_url": PICTURE, "caption": "x" * 2_201},
            {"media_type": "CAROUSEL", "children": ["1"]},
            {"image_url": "no address"},
        ):
            with pytest.raises(FacebookRequestError) as error:
                user.create_media(params=params)
            codes.append(error.value.api_error_subcode())
        container = user.create_media(params={"image_url": PICTURE})
        with pytest.raises(FacebookRequestError) as error:
            user.create_media_publish(params={"creation_id": container["id"]})
        return codes, error.value.api_error_code()

    assert await driven.do(act) == ([2207010, 2207028, 2207023], 80002)
