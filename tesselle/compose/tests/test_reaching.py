"""Networks that fetch media from us: whether they can is seen on the channel's page, and said before planning."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from tesselle.channels import checkup
from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.reaching import can_fetch
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import Message
from tesselle.library import standing
from tesselle.library.models import Asset
from tesselle.library.reachability import Reached
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.networks import card
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import Workspace

PUBLIC = "https://social.example.org"


@pytest.fixture(autouse=True)
def real_world(workspace: Workspace) -> None:
    workspace.world_kind = Workspace.WorldKind.REAL
    workspace.save(update_fields=["world_kind"])


@pytest.fixture
def threads(workspace: Workspace) -> Channel:
    return channel_in(workspace, "threads")


def written(content: Content, channel: Channel) -> Post:
    return save_post(
        workspace=channel.workspace, author=None, shared=content, wordings=(Wording(channel, content),)
    )


@pytest.fixture
def photo(workspace: Workspace) -> Asset:
    return add_upload(workspace=workspace, file=upload(picture(640, 480)), by=None, alt="Un sol")


def last_test(*, ok: bool) -> None:
    standing.keep(Reached(ok, PUBLIC, Message("%(address)s", {"address": PUBLIC})))


def codes(channel: Channel, content: Content) -> list[str]:
    return [one.code for one in standing.fetch_findings(content, card(channel.network), channel.workspace)]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000",
        "https://192.168.1.7",
        "https://atelier.local",
        "https://server",
        "http://a.example.org",
    ],
)
def test_what_no_network_can_reach_is_refused_before_planning(
    as_alice: Client, settings: Settings, threads: Channel, photo: Asset, workspace: Workspace, address: str
) -> None:
    settings.PUBLIC_URL = address
    post = written(Content("Zellige", media=(photo.as_media(),)), threads)

    with pytest.raises(RuleError) as refused:
        plan_post(post=post, slots={threads.pk: Slot.at_once(workspace)}, by=None)

    assert [one.code for one in refused.value.findings] == ["media_not_reachable"]
    page = as_alice.get(f"/channels/{threads.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert address in page and "PUBLIC_URL" in page


def test_a_test_that_failed_warns_and_one_may_plan_all_the_same(
    settings: Settings, threads: Channel, photo: Asset, workspace: Workspace
) -> None:
    settings.PUBLIC_URL = PUBLIC
    content = Content("Zellige", media=(photo.as_media(),))
    assert codes(threads, content) == []  # never tested: nothing is known

    last_test(ok=False)
    assert codes(threads, content) == ["media_not_reachable"]
    post = written(content, threads)
    assert plan_post(post=post, slots={threads.pk: Slot.at_once(workspace)}, by=None)

    last_test(ok=True)
    assert codes(threads, content) == []
    settings.PUBLIC_URL = "https://elsewhere.example.org"
    assert standing.standing().state == "unknown"  # a test counts for its address only


def test_it_is_asked_only_where_files_are_fetched(
    settings: Settings, threads: Channel, photo: Asset, workspace: Workspace
) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    picture_post, text = Content("a", media=(photo.as_media(),)), Content("a")
    tiktok, bluesky = channel_in(workspace, "tiktok"), channel_in(workspace)
    film = Content(
        "a", media=(Asset(kind="video", mime="video/mp4", size_bytes=1, width_px=9, height_px=9).as_media(),)
    )

    assert codes(threads, text) == [] == codes(bluesky, picture_post)
    assert codes(tiktok, picture_post) == ["media_not_reachable"]
    assert codes(tiktok, film) == []  # films are sent to it
    workspace.world_kind = Workspace.WorldKind.PRACTICE
    threads.workspace = workspace
    assert codes(threads, picture_post) == []


def test_the_self_test_fetches_our_picture_and_remembers(
    settings: Settings, threads: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_URL = PUBLIC

    async def answer() -> Reached:
        return Reached(
            False, PUBLIC, Message("A picture could not be fetched from %(address)s.", {"address": PUBLIC})
        )

    monkeypatch.setattr("tesselle.compose.reaching._ask", answer)

    (line,) = can_fetch(threads)

    assert (line.subject, line.state) == ("media", "bad") and line.cure is not None
    known = standing.standing()
    assert known.state == "bad" and isinstance(known.tested_at, datetime)
    assert "media" in checkup._checks
    assert can_fetch(channel_in(threads.workspace)) == []
