"""The channels' pages: who sees what, what is paused, changed and let go."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.sandbox.accounts import connect_simulated
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace


def channel_in(workspace: Workspace, handle: str = "carreaux", **more: object) -> Channel:
    return Channel.objects.create(
        workspace=workspace,
        network="bluesky",
        kind="account",
        remote_id=f"did:plc:{handle}",
        server="https://social.example",
        handle=handle,
        **more,
    )


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace, sealed_credentials=secrets.seal({"app_password": "s3cret-word"}))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_of_an_empty_workspace_leads_to_the_wizard(as_alice: Client):
    assert "/channels/connect/" in page(as_alice, "/channels/")


def test_a_blocked_channel_says_what_is_to_be_mended_and_what_the_network_said(
    as_alice: Client, workspace: Workspace
):
    channel_in(workspace, blocked_reason="sign_in", blocked_note={"sentence": "Token withdrawn on Monday."})

    shown = page(as_alice, "/channels/")

    assert "Token withdrawn on Monday." in shown
    assert "/reconnect/" in shown


def test_the_list_asks_the_database_the_same_for_ten_and_for_twenty(as_alice: Client, workspace: Workspace):
    def queries(count: int) -> int:
        for number in range(count):
            channel_in(workspace, f"c{count}-{number}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(as_alice, "/channels/")
        return len(seen)

    page(as_alice, "/channels/")
    assert queries(10) == queries(10 + 1) == queries(10 + 2)


def test_a_pause_is_undone_from_its_toast(as_alice: Client, channel: Channel):
    shown = as_alice.post(f"/channels/{channel.pk}/pause/", follow=True).content.decode()
    channel.refresh_from_db()
    assert channel.is_paused
    assert f'action="/channels/{channel.pk}/resume/" data-undo' in shown

    as_alice.post(f"/channels/{channel.pk}/resume/")
    channel.refresh_from_db()
    assert not channel.is_paused


def test_settings_are_saved(as_alice: Client, channel: Channel):
    as_alice.post(f"/channels/{channel.pk}/settings/", {"fresh_minutes": "15", "needs_approval": "on"})

    channel.refresh_from_db()
    assert (channel.fresh_minutes, channel.needs_approval) == (15, True)


@pytest.mark.parametrize("minutes", ["-1", "10081", "soon", ""])
def test_a_wrong_freshness_is_said_at_the_field_and_changes_nothing(
    as_alice: Client, channel: Channel, minutes: str
):
    response = as_alice.post(f"/channels/{channel.pk}/settings/", {"fresh_minutes": minutes})

    channel.refresh_from_db()
    assert response.status_code == 422
    assert response.context["form"].errors["fresh_minutes"]
    assert channel.fresh_minutes == 60


def test_disconnecting_asks_first_and_can_be_taken_back_while_the_credentials_are_there(
    as_alice: Client, channel: Channel
):
    here = Channel.objects.filter(pk=channel.pk)
    address = f"/channels/{channel.pk}/disconnect/"
    page(as_alice, address)
    assert here.get().removed_at is None

    gone = as_alice.post(address, follow=True).content.decode()

    assert here.get().removed_at is not None
    assert as_alice.get(f"/channels/{channel.pk}/").status_code == 404
    assert f'action="/channels/{channel.pk}/take-back/" data-undo' in gone
    as_alice.post(f"/channels/{channel.pk}/take-back/")
    assert here.get().removed_at is None


def test_what_was_forgotten_is_not_taken_back(as_alice: Client, channel: Channel):
    Channel.objects.filter(pk=channel.pk).update(removed_at=timezone.now(), sealed_credentials="")

    shown = as_alice.post(f"/channels/{channel.pk}/take-back/", follow=True).content.decode()

    assert "toast--error" in shown
    assert Channel.objects.get(pk=channel.pk).removed_at is not None


def test_a_channels_page_shows_no_secret(as_alice: Client, channel: Channel):
    assert "s3cret-word" not in page(as_alice, f"/channels/{channel.pk}/")


def test_the_self_test_asks_the_network_with_the_kept_credentials(
    transactional_db: None, as_alice: Client, alice: User, workspace: Workspace
):
    kept = connect_simulated(workspace=workspace, network="bluesky", by=alice)

    good = as_alice.post(f"/channels/{kept.pk}/test/", follow=True).content.decode()
    Channel.objects.filter(pk=kept.pk).update(
        sealed_credentials=secrets.seal(dict.fromkeys(secrets.unseal(kept.sealed_credentials), "wrong")),
        sealed_session="",
    )
    bad = as_alice.post(f"/channels/{kept.pk}/test/", follow=True).content.decode()

    assert "toast--success" in good
    assert "toast--error" in bad


POSTS = ["pause", "resume", "settings", "disconnect", "test", "reconnect"]


@pytest.mark.parametrize("act", POSTS)
def test_a_viewer_may_not(client: Client, chloe: User, channel: Channel, act: str):
    client.force_login(chloe)

    assert client.post(f"/channels/{channel.pk}/{act}/").status_code == 403


def test_a_viewer_reads_channels_without_buttons(client: Client, chloe: User, channel: Channel):
    client.force_login(chloe)

    for address in ("/channels/", f"/channels/{channel.pk}/"):
        shown = page(client, address)
        assert "carreaux" in shown
        assert "/pause/" not in shown
        assert "/connect/" not in shown
    assert client.get("/channels/connect/").status_code == 403
    assert client.get("/channels/connect/bluesky/").status_code == 403


@pytest.mark.parametrize("act", POSTS)
def test_mallory_finds_no_such_channel(client: Client, mallory: User, channel: Channel, act: str):
    client.force_login(mallory)

    assert client.post(f"/channels/{channel.pk}/{act}/").status_code == 404
    assert client.get(f"/channels/{channel.pk}/").status_code == 404
    assert "carreaux" not in page(client, "/channels/")


def test_a_paused_channel_says_so(as_alice: Client, workspace: Workspace):
    channel_in(workspace, paused_at=timezone.now())

    assert "/resume/" in page(as_alice, "/channels/")
