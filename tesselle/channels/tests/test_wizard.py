"""Connecting over a practice world, and over the real transport where nothing may be reached."""

from functools import partial

import pytest
from asgiref.sync import async_to_sync
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.connectors.protocols import Account
from tesselle.networks import plugin, slugs
from tesselle.sandbox.practice import practice_world
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)


async def _open(workspace: Workspace, slug: str, handle: str):
    sandbox, world = plugin(slug).sandbox, practice_world(workspace.world)
    await world.look_at_clock()
    network = world.network(slug)
    return await sandbox.open_account(network, f"https://{sandbox.host}", handle, "Carreaux du Lac")


def account(workspace: Workspace, slug: str, handle: str = "carreaux") -> dict[str, str]:
    """What a person would type."""
    return dict(async_to_sync(partial(_open, workspace, slug, handle))().answers)


def connected(client: Client, workspace: Workspace, slug: str, answers: dict[str, str]) -> Channel:
    client.post(f"/channels/connect/{slug}/", answers)
    client.post("/channels/connect/confirm/")
    return Channel.objects.get(workspace=workspace, network=slug)


def secrets_of(slug: str, answers: dict[str, str]) -> list[str]:
    return [answers[asked.name] for asked in plugin(slug).card.connect_fields if asked.kind == "secret"]


PASTED = [slug for slug in slugs() if plugin(slug).card.connect_fields]
"""Some networks are signed in to only."""


@pytest.mark.parametrize("slug", PASTED)
def test_answer_look_confirm_and_the_channel_is_there(as_alice: Client, workspace: Workspace, slug: str):
    answers = account(workspace, slug)

    tried = as_alice.post(f"/channels/connect/{slug}/", answers, follow=True)
    assert tried.context["one"].network == slug
    assert not Channel.objects.exists()

    done = as_alice.post("/channels/connect/confirm/", follow=True)
    channel = Channel.objects.get()
    assert channel.network == slug
    assert channel.handle in tried.content.decode()
    assert [card.id for card in done.context["cards"]] == [channel.pk]


@pytest.mark.parametrize("slug", PASTED)
def test_no_secret_is_in_a_page_or_readable_in_the_session(as_alice: Client, workspace: Workspace, slug: str):
    answers = account(workspace, slug)

    shown = as_alice.post(f"/channels/connect/{slug}/", answers, follow=True).content.decode()

    for secret in secrets_of(slug, answers):
        assert secret not in shown
        assert secret not in str(dict(as_alice.session))


@pytest.mark.parametrize("slug", PASTED)
def test_wrong_credentials_are_said_in_place_and_the_rest_is_kept(
    as_alice: Client, workspace: Workspace, slug: str
):
    answers = account(workspace, slug)
    fields = plugin(slug).card.connect_fields
    wrong = {asked.name: "wrong-secret" for asked in fields if asked.kind == "secret"}

    response = as_alice.post(f"/channels/connect/{slug}/", {**answers, **wrong})

    shown = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert "wrong-secret" not in shown
    for asked in fields:
        if asked.kind != "secret" and asked.name in answers:
            assert answers[asked.name] in shown
    assert not Channel.objects.exists()


def test_a_server_that_does_not_answer_is_said_in_place(as_alice: Client, workspace: Workspace):
    answers = {**account(workspace, "mastodon"), "server": "https://nobody-there.example"}

    response = as_alice.post("/channels/connect/mastodon/", answers)

    assert response.status_code == 422
    assert "https://nobody-there.example" in response.content.decode()


@pytest.mark.parametrize("slug", ["bluesky", "mastodon", "wordpress"])
@pytest.mark.parametrize("server", ["http://127.0.0.1:9", "http://localhost:9", "http://10.0.0.1"])
def test_a_private_address_is_refused_with_the_way_out(client: Client, mallory: User, slug: str, server: str):
    client.force_login(mallory)  # in her own workspace, a real one
    answers = {asked.name: "value" for asked in plugin(slug).card.connect_fields}

    response = client.post(f"/channels/connect/{slug}/", {**answers, "server": server})

    assert response.status_code == 422
    assert "TESSELLE_ALLOW_PRIVATE" in response.content.decode()


def test_reconnecting_with_the_same_account_keeps_the_channel(as_alice: Client, workspace: Workspace):
    answers = account(workspace, "mastodon")
    channel = connected(as_alice, workspace, "mastodon", answers)
    Channel.objects.filter(pk=channel.pk).update(blocked_reason="sign_in")

    as_alice.post(f"/channels/{channel.pk}/reconnect/", answers)
    as_alice.post("/channels/connect/confirm/")

    assert Channel.objects.get().blocked_reason == ""
    assert Channel.objects.get().pk == channel.pk


def test_reconnecting_with_another_account_changes_nothing(as_alice: Client, workspace: Workspace):
    channel = connected(as_alice, workspace, "mastodon", account(workspace, "mastodon"))
    before = Channel.objects.filter(pk=channel.pk).values().get()
    other = account(workspace, "mastodon", "somebodyelse")

    as_alice.post(f"/channels/{channel.pk}/reconnect/", other)
    response = as_alice.post("/channels/connect/confirm/")

    shown = response.content.decode()
    assert response.status_code == 422
    assert "somebodyelse" in shown
    assert channel.handle in shown
    assert Channel.objects.filter(pk=channel.pk).values().get() == before
    assert Channel.objects.count() == 1


def test_confirming_without_having_tried_begins_anew(as_alice: Client):
    assert as_alice.post("/channels/connect/confirm/").headers["location"] == "/channels/connect/"


def test_what_was_tried_in_one_workspace_is_not_confirmed_in_another(
    as_alice: Client, alice: User, workspace: Workspace, mallory: User
):
    as_alice.post("/channels/connect/mastodon/", account(workspace, "mastodon"))
    elsewhere = mallory.memberships.get().workspace
    elsewhere.members.create(user=alice, role="owner")
    as_alice.post("/workspaces/switch/", {"workspace": elsewhere.pk})

    as_alice.post("/channels/connect/confirm/")

    assert not Channel.objects.exists()


def test_a_network_that_is_not_here_is_not_found(as_alice: Client):
    assert as_alice.get("/channels/connect/nowhere/").status_code == 404


@pytest.mark.parametrize("slug", slugs())
def test_a_simulated_account_is_connected_with_one_click(as_alice: Client, workspace: Workspace, slug: str):
    assert "/practice/connect/" in as_alice.get(f"/channels/connect/{slug}/").content.decode()

    as_alice.post("/practice/connect/", {"network": slug})

    assert Channel.objects.get().network == slug


def test_a_real_workspace_is_offered_no_simulated_account(client: Client, mallory: User):
    client.force_login(mallory)

    assert "/practice/connect/" not in client.get("/channels/connect/").content.decode()
    assert client.post("/practice/connect/", {"network": "mastodon"}).status_code == 404


def test_a_viewer_connects_nothing(client: Client, chloe: User):
    client.force_login(chloe)

    assert client.post("/practice/connect/", {"network": "mastodon"}).status_code == 403
    assert client.post("/channels/connect/confirm/").status_code == 403


def test_the_set_up_page_tells_what_files_a_network_takes(as_alice: Client):
    shown = as_alice.get("/channels/connect/bluesky/")

    pictures, _films = shown.context["files"]
    limits = plugin("bluesky").connector.limits(Account("account", "", "", ""))
    assert pictures.most == limits.max_images
    assert "JPEG" in pictures.types
    assert pictures.types in shown.content.decode()
    assert as_alice.get("/channels/connect/mattermost/").context["files"] == ()
