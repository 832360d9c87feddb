"""Meta's own client (PyPI `facebook-business`) drives our sandbox over loopback HTTP.

If connector and sandbox misread the network in the same way, this client still would not.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from facebook_business.adobjects.advideo import AdVideo
from facebook_business.adobjects.comment import Comment
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.networks.facebook.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault

pytestmark = [
    # The client knows fewer fields and types than the API that it is made from.
    pytest.mark.filterwarnings("ignore:.* does not allow field:UserWarning"),
    pytest.mark.filterwarnings("ignore:value of .* might not be compatible:UserWarning"),
]


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    page: str
    token: str

    async def do(self, act: Callable[[Any], Any], token: str = "") -> Any:
        """What `act` gets from a client of its own, in a thread: the client blocks."""

        def run() -> Any:
            session = FacebookSession(PRACTICE_ID, PRACTICE_SECRET, token or self.token, timeout=10)
            try:
                return act(FacebookAdsApi(session))
            finally:
                session.requests.close()

        return await asyncio.to_thread(run)

    def fault(self, operation: str, effect: Effect, **more: Any) -> None:
        self.house.served["facebook"].script.add(Fault(operation, effect, **more))


@pytest.fixture
async def driven(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        monkeypatch.setattr(FacebookSession, "GRAPH", f"{house.base}/facebook")
        network = house.served["facebook"].network
        account = await SANDBOX.open_account(network, f"{house.base}/facebook", "carrelage", "Carrelage")
        yield Driven(house, account.id, account.answers["access_token"])


async def test_it_reads_the_page(driven):
    page = await driven.do(
        lambda api: Page(driven.page, api=api).api_get(fields=["name", "followers_count", "link"])
    )

    assert page["name"] == "Carrelage"
    assert page["followers_count"] == 0


async def test_a_person_finds_the_pages_and_their_tokens(driven):
    network = driven.house.served["facebook"].network
    row = {
        "account": driven.page,
        "app": PRACTICE_ID,
        "scopes": "pages_show_list",
        "type": "USER",
        "long": True,
    }
    await network.keep("tokens", "user-token-9", row)

    pages = await driven.do(
        lambda api: list(User("me", api=api).get_accounts(fields=["name", "access_token", "tasks"])),
        token="user-token-9",
    )

    assert [page["id"] for page in pages] == [driven.page]
    assert "CREATE_CONTENT" in pages[0]["tasks"]


async def test_it_posts_words_a_link_and_an_album_and_lists_them(driven):
    def act(api):
        page = Page(driven.page, api=api)
        page.create_feed(params={"message": "Tiles", "link": "https://example.com"})
        photos = [
            page.create_photo(params={"url": f"https://example.com/{name}.jpg", "published": False})
            for name in "ab"
        ]
        media = [{"media_fbid": photo["id"]} for photo in photos]
        page.create_feed(params={"message": "Album", "attached_media": media})
        fields = ["message", "attachments{media_type,subattachments{target}}", "application"]
        return photos, list(page.get_published_posts(fields=fields))

    photos, posts = await driven.do(act)

    assert [post["message"] for post in posts] == ["Album", "Tiles"]
    inner = posts[0]["attachments"]["data"][0]["subattachments"]["data"]
    assert [one["target"]["id"] for one in inner] == [photo["id"] for photo in photos]
    assert posts[0]["application"]["id"] == PRACTICE_ID


async def test_it_pages_through_a_long_list(driven):
    def act(api):
        page = Page(driven.page, api=api)
        for number in range(30):
            page.create_feed(params={"message": f"Tile {number}"})
        return [post["message"] for post in page.get_published_posts(fields=["message"], params={"limit": 7})]

    assert len(set(await driven.do(act))) == 30


async def test_it_changes_and_deletes_a_post(driven):
    def act(api):
        made = Page(driven.page, api=api).create_feed(params={"message": "Tiles"})
        post = PagePost(made["id"], api=api)
        post.api_update(params={"message": "Better tiles"})
        changed = post.api_get(fields=["message", "permalink_url"])
        post.api_delete()
        with pytest.raises(FacebookRequestError) as error:
            post.api_get(fields=["message"])
        return changed, error.value

    changed, error = await driven.do(act)

    assert changed["message"] == "Better tiles"
    assert (error.api_error_code(), error.api_error_subcode()) == (100, 33)


async def test_it_comments_and_answers(driven):
    def act(api):
        made = Page(driven.page, api=api).create_feed(params={"message": "Tiles"})
        post = PagePost(made["id"], api=api)
        first = post.create_comment(params={"message": "Which glue?"})
        Comment(first["id"], api=api).create_comment(params={"message": "The grey one"})
        params = {"filter": "stream", "order": "chronological"}
        return list(post.get_comments(fields=["message", "from", "parent"], params=params))

    first, second = await driven.do(act)

    assert second["parent"]["id"] == first["id"]
    assert first["from"]["id"] == driven.page


async def test_a_film_goes_up_in_pieces_and_tells_its_phases(driven):
    data = bytes(1_500_000)

    def act(api):
        page = Page(driven.page, api=api)
        begun = page.create_video(params={"upload_phase": "start", "file_size": len(data)})
        start, end = int(begun["start_offset"]), int(begun["end_offset"])
        path = Path(driven.house.served["facebook"].sandbox.slug)
        while start < end:
            answer = api.call(
                "POST",
                (driven.page, "videos"),
                params={
                    "upload_phase": "transfer",
                    "upload_session_id": begun["upload_session_id"],
                    "start_offset": start,
                },
                files={"video_file_chunk": (path.name, data[start:end], "video/mp4")},
            ).json()
            start, end = int(answer["start_offset"]), int(answer["end_offset"])
        finish = {"upload_phase": "finish", "upload_session_id": begun["upload_session_id"]}
        page.create_video(params={**finish, "description": "Laying"})
        return AdVideo(begun["video_id"], api=api).api_get(fields=["status", "published", "post_id"])

    video = await driven.do(act)

    assert video["status"]["uploading_phase"]["status"] == "complete"
    assert video["status"]["processing_phase"]["status"] == "in_progress"
    assert video["published"] is False


async def test_a_picture_story_is_listed(driven):
    def act(api):
        page = Page(driven.page, api=api)
        photo = page.create_photo(params={"url": "https://example.com/a.jpg", "published": False})
        made = page.create_photo_story(params={"photo_id": photo["id"]})
        return photo, made, list(page.get_stories())

    photo, made, stories = await driven.do(act)

    assert stories[0]["post_id"] == made["post_id"]
    assert [(one["media_id"], one["status"]) for one in stories] == [(photo["id"], "published")]


async def test_one_bad_metric_fails_the_whole_call(driven):
    def act(api):
        made = Page(driven.page, api=api).create_feed(params={"message": "Tiles"})
        post = PagePost(made["id"], api=api)
        with pytest.raises(FacebookRequestError, match="valid insights metric"):
            post.get_insights(params={"metric": ["post_clicks", "post_impressions"]})
        return [
            row["name"] for row in post.get_insights(params={"metric": ["post_clicks", "post_media_view"]})
        ]

    assert await driven.do(act) == ["post_clicks", "post_media_view"]


async def test_it_understands_the_refusals(driven):
    def act(api):
        codes = []
        for token_of, params in ((api, {"message": "x" * 63_207}), (api, {"message": ""})):
            with pytest.raises(FacebookRequestError) as error:
                Page(driven.page, api=token_of).create_feed(params=params)
            codes.append(error.value.api_error_code())
        return codes

    assert await driven.do(act) == [100, 100]
    with pytest.raises(FacebookRequestError) as error:
        await driven.do(
            lambda api: Page(driven.page, api=api).create_feed(params={"message": "x"}), "unknown"
        )
    assert error.value.api_error_code() == 190


async def test_a_wrong_proof_of_the_secret_is_refused(driven):
    def act(_api):
        session = FacebookSession(PRACTICE_ID, "another secret", driven.token)
        try:
            return Page(driven.page, api=FacebookAdsApi(session)).api_get(fields=["name"])
        finally:
            session.requests.close()

    with pytest.raises(FacebookRequestError, match="appsecret_proof"):
        await driven.do(act)


async def test_it_understands_a_pause_and_a_dead_token(driven):
    driven.fault("create", Effect.THROTTLE, seconds=300)
    driven.fault("create", Effect.EXPIRED)

    errors = []
    for _attempt in range(2):
        with pytest.raises(FacebookRequestError) as error:
            await driven.do(lambda api: Page(driven.page, api=api).create_feed(params={"message": "x"}))
        errors.append(error.value)

    assert [(one.api_error_code(), one.api_error_subcode()) for one in errors] == [(32, None), (190, 463)]
    assert "estimated_time_to_regain_access" in errors[0].http_headers()["X-Business-Use-Case-Usage"]
