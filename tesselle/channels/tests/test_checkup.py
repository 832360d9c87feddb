"""The self-test of a channel, what it keeps, and what channels want somebody to know."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import tesselle.networks
from tesselle.channels import checkup, checkup_pages
from tesselle.channels.models import Channel, ChannelTest
from tesselle.channels.notices import channel_notices
from tesselle.channels.tests.test_pages import channel_in
from tesselle.channels.tests.test_sign_in import person, signed_in
from tesselle.connectors.protocols import SelfCheck
from tesselle.domain.messages import Message
from tesselle.journal.models import Entry
from tesselle.plan.channel_panels import channels_needing_you
from tesselle.sandbox.accounts import connect_simulated
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace


def lines(test: ChannelTest) -> dict[str, str]:
    return {line["subject"]: line["state"] for line in test.results}


@pytest.fixture
def channel(transactional_db: None, as_alice: Client, workspace: Workspace) -> Channel:
    """Signed in on the network's page."""
    return signed_in(as_alice, person(workspace))


@pytest.fixture
def extra_check() -> Iterator[None]:
    def reachable(channel: Channel) -> list[SelfCheck]:
        return [SelfCheck("media", "attention", Message("Nobody sees the pictures."))]

    checkup.register("test", reachable)
    yield
    checkup._checks.pop("test")


def test_a_good_channel_is_good_in_every_line(as_alice: Client, channel: Channel):
    shown = as_alice.post(f"/channels/{channel.pk}/test/", follow=True)

    found = lines(channel.tests.get())
    assert found == {
        "sign_in": "good",
        "rights": "good",
        "expiry": "good",
        "webhook": "good",
        "quota": "good",
    }
    assert "toast--success" in shown.content.decode()
    assert Entry.objects.filter(verb="channel.tested", subject_id=channel.pk).exists()


def test_a_withdrawn_sign_in_blocks_the_channel_and_says_who_can_mend_it(as_alice: Client, channel: Channel):
    kept = secrets.unseal(channel.sealed_credentials)
    dead = secrets.seal({**kept, "access_token": "withdrawn"})
    Channel.objects.filter(pk=channel.pk).update(sealed_credentials=dead, sealed_session="")

    shown = as_alice.post(f"/channels/{channel.pk}/test/", follow=True)

    channel.refresh_from_db()
    assert channel.blocked_reason == "sign_in"
    assert channel.blocked_note["sentence"]
    assert lines(channel.tests.get())["sign_in"] == "bad"
    assert "/reconnect/" in shown.content.decode()
    assert Entry.objects.filter(verb="channel.blocked", subject_id=channel.pk).exists()


def test_a_test_that_goes_well_takes_a_block_for_the_sign_in_away(as_alice: Client, channel: Channel):
    Channel.objects.filter(pk=channel.pk).update(blocked_reason="sign_in", version=channel.version + 1)

    as_alice.post(f"/channels/{channel.pk}/test/")

    channel.refresh_from_db()
    assert channel.blocked_reason == ""


def test_a_block_for_another_reason_stays(as_alice: Client, channel: Channel):
    Channel.objects.filter(pk=channel.pk).update(blocked_reason="penalty")

    as_alice.post(f"/channels/{channel.pk}/test/")

    channel.refresh_from_db()
    assert channel.blocked_reason == "penalty"


@pytest.mark.parametrize(
    ("network", "subject", "state"),
    [
        ("discord", "address", "good"),
        ("newsletter", "sign_in", "good"),
        ("mattermost", "address", "unknown"),
        ("slack", "address", "unknown"),
        ("webhook", "address", "unknown"),
    ],
)
def test_what_nobody_signed_in_to_is_asked_as_far_as_that_goes_and_no_further(
    transactional_db: None,
    as_alice: Client,
    alice: User,
    workspace: Workspace,
    network: str,
    subject: str,
    state: str,
):
    kept = connect_simulated(workspace=workspace, network=network, by=alice)
    Channel.objects.filter(pk=kept.pk).update(blocked_reason="sign_in")

    shown = as_alice.post(f"/channels/{kept.pk}/test/", follow=True).content.decode()

    assert {name: lines(kept.tests.get()).get(name) for name in ("sign_in", "address", "network")} == {
        **dict.fromkeys(("sign_in", "address", "network")),
        subject: state,
    }
    kept.refresh_from_db()
    assert kept.blocked_reason == ("" if state == "good" else "sign_in")
    assert "accepts the sign-in of" not in shown


def test_a_webhook_that_is_gone_blocks_its_channel(
    transactional_db: None, as_alice: Client, alice: User, workspace: Workspace
):
    kept = connect_simulated(workspace=workspace, network="discord", by=alice)
    address = secrets.unseal(kept.sealed_credentials)["address"]
    gone = secrets.seal({"address": f"{address}x"})
    Channel.objects.filter(pk=kept.pk).update(sealed_credentials=gone)

    as_alice.post(f"/channels/{kept.pk}/test/")

    kept.refresh_from_db()
    assert lines(kept.tests.get())["sign_in"] == "bad"
    assert kept.blocked_reason == "sign_in"


def test_others_add_lines_of_their_own(as_alice: Client, channel: Channel, extra_check: None):
    shown = as_alice.post(f"/channels/{channel.pk}/test/", follow=True).content.decode()

    assert lines(channel.tests.get())["media"] == "attention"
    assert "Nobody sees the pictures." in shown


def test_only_the_newest_tests_are_kept(as_alice: Client, alice: User, workspace: Workspace):
    kept = channel_in(workspace)
    for _ in range(checkup.KEPT):
        ChannelTest.objects.create(channel=kept)
    checkup._keep(kept, [], alice)

    assert kept.tests.count() == checkup.KEPT


def test_a_sign_in_is_warned_of_seven_days_ahead_and_not_eight(workspace: Workspace):
    now = workspace.now()
    channel_in(workspace, "far", signed_in_until=now + timedelta(days=8))
    channel_in(workspace, "near", signed_in_until=now + timedelta(days=6, hours=23))
    channel_in(workspace, "over", signed_in_until=now - timedelta(minutes=1))

    told = {notice.channel.handle: notice for notice in channel_notices(workspace)}

    assert set(told) == {"near", "over"}
    assert (told["near"].kind, told["near"].is_urgent) == ("sign_in_ends", False)
    assert (told["over"].kind, told["over"].is_urgent) == ("sign_in_ended", True)


def test_the_urgent_comes_first_and_all_of_it_with_two_queries(workspace: Workspace):
    soon = workspace.now() + timedelta(days=3)
    for number in range(5):
        channel_in(workspace, f"near{number}", signed_in_until=soon)
    channel_in(workspace, "zz", blocked_reason="sign_in")

    with CaptureQueriesContext(connection) as seen:
        found = channels_needing_you(workspace)

    assert found[0].notice.channel.handle == "zz"
    assert len(found) == 6
    assert len(seen) == 2


def test_nothing_to_tell_is_nothing(workspace: Workspace):
    channel_in(workspace)

    assert channels_needing_you(workspace) == ()


def test_the_list_says_what_ends_soon(as_alice: Client, workspace: Workspace):
    channel_in(workspace, "near", signed_in_until=workspace.now() + timedelta(days=3))

    card = as_alice.get("/channels/").context["cards"][0]

    assert card.health.tone == "attention"
    assert "near" in str(card.health.cure)


def test_every_line_that_a_network_tells_has_a_name_for_people():
    told = {
        subject
        for path in Path(tesselle.networks.__path__[0]).glob("*/*.py")
        for subject in re.findall(r'SelfCheck\(\s*"(\w+)"', path.read_text())
    }

    assert told >= {"role", "quota", "admission"}
    assert told <= set(checkup_pages._SUBJECTS)
