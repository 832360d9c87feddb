"""What a worker does for channels beside publishing: renewing, giving up, forgetting."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.utils import timezone

from tesselle.channels import services, signing_in
from tesselle.channels.models import Channel
from tesselle.channels.notices import channel_notices
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.journal.models import Entry
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.self_checks import quota_left
from tesselle.library.files import LibraryFiles
from tesselle.networks.mastodon.sandbox.app import open_account
from tesselle.publish.channels import Accounts, ChannelSession
from tesselle.publish.context import Context, Standing
from tesselle.publish.spool import Spool
from tesselle.publish.tests.stage import PublishStage, database_url
from tesselle.publish.upkeep import tend_once
from tesselle.simulation.faults import Effect, Fault
from tesselle.vault import secrets
from tesselle.workspaces.models import Role, User

pytestmark = pytest.mark.django_db(transaction=True)

SERVER = "https://mastodon.example/pixelfed"
YEAR = timedelta(days=365)


def signed_in(stage: PublishStage) -> Channel:
    """A channel whose token runs out, with something to renew it with."""
    network = stage.sim("mastodon").network
    ends = timezone.now() + YEAR

    async def give() -> None:
        opened = await open_account(
            network, "https://mastodon.example", "carreaux", "Carreaux", kind="pixelfed"
        )
        grant = {"client_id": PRACTICE_ID, "account": opened.id, "scopes": "read write"}
        token = {"account": opened.id, "app": "Tesselle", "scopes": "read write"}
        await network.keep("refresh", "refresh-first", grant)
        await network.keep("tokens", "token-first", {**token, "expires_at": ends.isoformat()})

    async_to_sync(give)()
    credentials = {
        "access_token": "token-first",
        "refresh_token": "refresh-first",
        "expires_at": ends.isoformat(),
        "client_id": PRACTICE_ID,
        "client_secret": PRACTICE_SECRET,
        "way": "server",
    }
    (identity,) = signing_in.accounts_of(stage.workspace, "mastodon", "server", SERVER, credentials)
    return services.connect(workspace=stage.workspace, network="mastodon", identity=identity, by=None)


def due(channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).update(renew_at=timezone.now() - timedelta(seconds=1))


def with_workers(
    stage: PublishStage, act: Callable[[list[Context]], Awaitable[Any]], *, workers: int = 1
) -> Any:
    async def run() -> Any:
        pool = await open_pool(database_url())
        contexts = [
            Context(
                db=pool,
                standing=Standing(number, locked=True),
                accounts=Accounts(pool),
                files=LibraryFiles(stage.media_folder),
                spool=Spool(stage.media_folder / f"spool-{number}"),
                timing=stage.timing,
            )
            for number in range(1, workers + 1)
        ]
        try:
            return await act(contexts)
        finally:
            await pool.close()

    return async_to_sync(run)()


def tend(stage: PublishStage, *, workers: int = 1) -> None:
    async def once(contexts: list[Context]) -> None:
        await asyncio.gather(*(tend_once(context) for context in contexts))

    with_workers(stage, once, workers=workers)


def session_of(channel: Channel) -> dict[str, str]:
    return secrets.unseal(Channel.objects.get(pk=channel.pk).sealed_session)


def test_connecting_plans_the_renewal_at_three_quarters_of_its_life(stage: PublishStage):
    channel = signed_in(stage)

    assert channel.renew_at is not None
    assert abs(channel.renew_at - (timezone.now() + YEAR * 0.75)) < timedelta(minutes=1)
    assert channel.signed_in_until is None


def test_a_sign_in_is_renewed_before_it_runs_out(stage: PublishStage):
    channel = signed_in(stage)
    due(channel)

    tend(stage)

    channel.refresh_from_db()
    kept = session_of(channel)
    assert kept["access_token"] != "token-first"
    assert kept["refresh_token"] != "refresh-first"
    assert datetime.fromisoformat(kept["expires_at"]) > timezone.now() + YEAR * 0.9
    assert channel.renew_at is not None
    assert channel.renew_at > timezone.now() + YEAR * 0.7


def test_what_is_not_due_is_left_alone(stage: PublishStage):
    channel = signed_in(stage)

    tend(stage)

    assert session_of(channel) == {}


def test_two_workers_renew_once(stage: PublishStage):
    """The network takes a refresh token once: a second renewal would end the sign-in."""
    channel = signed_in(stage)
    due(channel)

    tend(stage, workers=2)

    channel.refresh_from_db()
    assert (channel.blocked_reason, channel.renew_failures) == ("", 0)
    due(channel)
    tend(stage, workers=2)
    channel.refresh_from_db()
    assert channel.blocked_reason == ""


def test_a_renewal_that_is_refused_blocks_the_channel_and_says_so(stage: PublishStage):
    channel = signed_in(stage)
    due(channel)
    async_to_sync(stage.sim("mastodon").network.forget)("refresh", "refresh-first")

    tend(stage)

    channel.refresh_from_db()
    assert channel.blocked_reason == "sign_in"
    assert "Begin again" in channel.blocked_note["sentence"]
    assert Entry.objects.filter(verb="channel.blocked", subject_id=channel.pk).exists()


def test_a_renewal_that_fails_is_tried_again_and_told_while_the_token_still_holds(stage: PublishStage):
    channel = signed_in(stage)
    due(channel)
    stage.sim("mastodon").script.add(Fault("session", Effect.FAIL_5XX))

    tend(stage)

    channel.refresh_from_db()
    assert (channel.blocked_reason, channel.renew_failures) == ("", 1)
    assert channel.renew_at is not None
    assert timedelta(0) < channel.renew_at - timezone.now() <= timedelta(minutes=5)
    (notice,) = channel_notices(stage.workspace)
    assert notice.kind == "renewal_failed"
    due(channel)
    tend(stage)
    channel.refresh_from_db()
    assert channel.renew_failures == 0
    assert channel_notices(stage.workspace) == ()


def test_what_was_disconnected_is_revoked_and_forgotten_when_nobody_takes_it_back(stage: PublishStage):
    channel = signed_in(stage)
    services.disconnect(channel, by=None)
    tend(stage)
    assert Channel.objects.get(pk=channel.pk).sealed_credentials

    Channel.objects.filter(pk=channel.pk).update(removed_at=timezone.now() - timedelta(minutes=16))
    tend(stage)

    gone = Channel.objects.get(pk=channel.pk)
    assert (gone.sealed_credentials, gone.sealed_session) == ("", "")
    assert async_to_sync(stage.sim("mastodon").network.kept)("tokens", "token-first") is None


def test_a_token_refused_by_one_worker_does_not_undo_what_another_renewed(stage: PublishStage):
    channel = signed_in(stage)

    async def race(contexts: list[Context]) -> None:
        first, second = contexts

        async def api(context: Context) -> Any:
            hand = await context.hand(
                network="mastodon",
                channel_id=channel.pk,
                channel_version=channel.version,
                workspace_id=stage.workspace.pk,
                world_kind="practice",
                now=timezone.now(),
            )
            return context.api(hand)

        slow, quick = await api(first), await api(second)
        await slow.session()
        await quick.session()
        await quick.renew_ahead()
        await slow.forget_session()

    with_workers(stage, race, workers=2)

    assert session_of(channel)["access_token"] != "token-first"
    assert "refused" not in session_of(channel)


def test_a_session_seen_before_a_reconnection_is_not_used_after_it(stage: PublishStage):
    channel = signed_in(stage)

    async def read(contexts: list[Context]) -> list[Any]:
        (context,) = contexts

        async def at(version: int) -> Any:
            cache = context.sessions
            session = ChannelSession(context.db, channel.pk, version, cache, "mastodon", timezone.now())
            return dict(await session.read())

        await context.db.execute(
            "UPDATE channels_channel SET sealed_session = $2 WHERE id = $1",
            channel.pk,
            secrets.seal({"access_token": "old"}),
        )
        before = await at(1)
        await context.db.execute("UPDATE channels_channel SET sealed_session = '' WHERE id = $1", channel.pk)
        return [before, await at(1), await at(2)]

    assert with_workers(stage, read) == [{"access_token": "old"}, {"access_token": "old"}, {}]


def test_the_quota_counts_what_went_out_and_the_channels_page_shows_it(stage: PublishStage, client: Client):
    channel = stage.channel("mastodon")
    delivery = stage.run_until_state(stage.planned("Tiles", channel), "live")

    (line,) = quota_left(channel)

    assert int(line.message.params["left"]) == int(line.message.params["all"]) - 1
    alice = User.objects.create_user("alice@example.org")
    stage.workspace.members.create(user=alice, role=Role.OWNER)
    client.force_login(alice)
    assert f"/deliveries/{delivery.pk}" in client.get(f"/channels/{channel.pk}/").content.decode()
