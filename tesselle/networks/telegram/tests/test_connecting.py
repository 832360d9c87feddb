"""Connecting: what is typed, what is wanting, what is learned."""

from dataclasses import replace
from typing import Any

import pytest

from tesselle.connectors.protocols import Account, Identity
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.verdicts import BlockReason


async def connect(stage: Stage, **typed: str) -> Identity:
    answers = {**stage.opened.answers, **typed}
    empty = Account("", "", "", answers["server"], {}, answers)
    identity: Identity = await stage.plugin.connector.identify(answers, stage.api(empty))
    return identity


async def change(stage: Stage, **facts: Any) -> None:
    account = await stage.network.account(stage.account.remote_id)
    assert account is not None
    await stage.network.add_account(replace(account, facts={**account.facts, **facts}))


async def test_a_channel_is_recognised_and_only_the_token_is_kept(stage):
    identity = await connect(stage)

    assert identity.display_name == "Carrelage Dubois"
    assert identity.profile_url == "https://t.me/carrelage"
    assert identity.account.kind == "channel"
    assert identity.account.remote_id == stage.opened.id
    assert set(identity.account.credentials) == {"token"}
    assert identity.missing == ()


@pytest.mark.parametrize(
    "typed", ["@carrelage", "carrelage", "https://t.me/carrelage", " t.me/carrelage/ ", ""]
)
async def test_a_channel_may_be_named_in_several_ways(stage, typed):
    identity = await connect(stage, channel=typed or stage.opened.id)

    assert identity.account.remote_id == stage.opened.id


async def test_an_empty_address_means_telegrams_own(stage):
    with pytest.raises(NotSentError, match=r"no such server .*: api\.telegram\.org"):
        await stage.plugin.connector.identify(
            {**stage.opened.answers, "server": ""}, stage.api(Account("", "", "", ""))
        )


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"token": "hello"}, "bad_token"),
        ({"channel": "  "}, "no_channel"),
    ],
)
async def test_what_cannot_be_right_is_said_before_anything_is_asked(stage, typed, reason):
    with pytest.raises(RejectedError) as told:
        await connect(stage, **typed)

    assert told.value.reason == reason


async def test_a_token_that_telegram_does_not_know_is_a_matter_of_signing_in(stage):
    with pytest.raises(BlockedError) as told:
        await connect(stage, token="123456789:" + "x" * 35)

    assert told.value.reason == BlockReason.SIGN_IN
    assert "xxx" not in str(told.value)


async def test_an_unknown_channel_is_said(stage):
    with pytest.raises(BlockedError) as told:
        await connect(stage, channel="@nobody")

    assert told.value.reason == BlockReason.ROLE


async def test_a_bot_outside_the_channel_is_told_where_to_be_added(stage):
    await change(stage, kicked=True)

    identity = await connect(stage)

    assert [str(message) for message in identity.missing] == [
        "@carrelage_bot is not an administrator of Carrelage Dubois. Open the channel’s "
        "Administrators and add the bot."
    ]


async def test_every_missing_right_is_named(stage):
    await change(stage, without=["can_post_messages", "can_delete_messages"])

    identity = await connect(stage)

    assert ["may not post" in str(one) or "may not delete" in str(one) for one in identity.missing] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("group_state", "heard", "state"),
    [("admin", True, "heard"), ("privacy", False, "privacy"), ("absent", False, "bot_absent")],
)
async def test_a_discussion_group_counts_when_the_bot_hears_it(stage, group_state, heard, state):
    await change(stage, group_state=group_state)

    identity = await connect(stage)

    assert identity.account.facts["discussion"] is heard
    assert identity.account.facts["discussion_state"] == state
    assert stage.plugin.connector.reads_back(identity.account) is heard


async def test_a_channel_without_a_group_says_so(quiet):
    identity = await connect(quiet)

    assert identity.account.facts["discussion"] is False
    assert identity.account.facts["discussion_state"] == "none"


async def test_a_bot_that_another_program_reads_cannot_be_relied_on(stage):
    stage.network.flags.add("webhook")

    identity = await connect(stage)

    assert identity.account.facts["updates"] is False
    assert not stage.plugin.connector.reads_back(identity.account)


async def test_connecting_posts_nothing(stage):
    await connect(stage)

    assert await stage.network.truth() == []


@pytest.mark.parametrize(
    ("taken", "states"),
    [
        ({}, [("role", "good"), ("comments", "good")]),
        ({"kicked": True}, [("role", "bad"), ("comments", "good")]),
        ({"without": ["can_post_messages"]}, [("role", "bad"), ("comments", "good")]),
        ({"without": ["can_edit_messages"]}, [("role", "attention"), ("comments", "good")]),
    ],
)
async def test_a_right_taken_away_is_found_by_the_self_test(stage, taken, states):
    await change(stage, **taken)

    found = await stage.plugin.connector.self_checks(stage.api())

    assert [(one.subject, one.state) for one in found] == states


async def test_a_channel_without_a_heard_group_is_told_so_by_the_self_test(quiet):
    found = await quiet.plugin.connector.self_checks(quiet.api())

    assert [(one.subject, one.state) for one in found] == [("role", "good"), ("comments", "attention")]
