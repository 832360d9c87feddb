"""Signing in on a network's own page, against a make-believe server in this process."""

from datetime import timedelta
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.utils import timezone

from tesselle.channels.models import Channel, SignInUnderWay
from tesselle.channels.own_apps import redirect_address
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.journal.models import Entry
from tesselle.networks import plugin
from tesselle.sandbox.practice import practice_world
from tesselle.vault import secrets
from tesselle.workspaces.models import Role, User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

SEND_OFF = "/channels/connect/mastodon/sign-in/server/"
BACK = "/channels/signed-in/"


async def _open(workspace: Workspace, handle: str) -> SandboxAccount:
    sandbox, world = plugin("mastodon").sandbox, practice_world(workspace.world)
    await world.look_at_clock()
    network = world.network("mastodon")
    return await sandbox.open_account(network, f"https://{sandbox.host}", handle, "Carreaux du Lac")


def person(workspace: Workspace, handle: str = "carreaux") -> str:
    """Somebody with an account on the make-believe server; gives their id there."""
    return async_to_sync(partial(_open, workspace, handle))().id


def sent_off(client: Client, **more: object) -> str:
    """The address of the server's page."""
    response = client.post(SEND_OFF, {"server-server": "mastodon.example", **more})
    assert response.status_code == 200, response.context["ways"][0].form.errors
    return str(response.context["leaving"].address)


def answered(client: Client, address: str, **said: str) -> str:
    """Where the server's page leads back to, as the practice world plays it."""
    response = client.post("/practice/network-page/", {"address": address, **said})
    return str(response.headers["location"])


def signed_in(client: Client, account: str, **more: object) -> Channel:
    client.get(answered(client, sent_off(client, **more), account=account))
    client.post("/channels/connect/confirm/")
    return Channel.objects.get(network="mastodon", removed_at=None)


def said(client: Client) -> str:
    return client.get("/channels/").content.decode()


def test_signing_in_there_connects_the_account_after_a_yes(as_alice: Client, workspace: Workspace):
    account = person(workspace)
    address = sent_off(as_alice)
    found = as_alice.get(answered(as_alice, address, account=account), follow=True)

    assert not Channel.objects.exists()
    assert found.context["one"].handle == "@carreaux@mastodon.example"
    as_alice.post("/channels/connect/confirm/")

    channel = Channel.objects.get()
    assert channel.way == "server"
    assert secrets.unseal(channel.sealed_credentials)["access_token"].startswith("token-")
    assert Entry.objects.filter(verb="channel.connected", subject_id=channel.pk).exists()


def test_the_address_asks_for_this_sign_in_and_no_other(as_alice: Client, workspace: Workspace):
    first = dict(parse_qsl(urlsplit(sent_off(as_alice)).query))
    second = dict(parse_qsl(urlsplit(sent_off(as_alice)).query))

    assert first["redirect_uri"] == redirect_address()
    assert first["code_challenge_method"] == "S256"
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]


def test_no_token_and_no_verifier_is_in_a_page_or_readable_in_session_or_row(
    as_alice: Client, workspace: Workspace
):
    account = person(workspace)
    address = sent_off(as_alice)
    state = dict(parse_qsl(urlsplit(address).query))["state"]
    row = SignInUnderWay.objects.get()
    verifier = secrets.unseal(row.sealed)["verifier"]
    assert verifier not in str(row.__dict__)
    assert state not in str(row.__dict__)

    shown = as_alice.get(answered(as_alice, address, account=account), follow=True).content.decode()

    assert "token-" not in shown
    assert "token-" not in str(dict(as_alice.session))


def test_an_answer_is_taken_once(as_alice: Client, workspace: Workspace):
    back = answered(as_alice, sent_off(as_alice), account=person(workspace))
    assert as_alice.get(back).headers["location"] == "/channels/connect/confirm/"

    assert as_alice.get(back).headers["location"] == "/channels/connect/"
    assert "toast--error" in said(as_alice)


@pytest.mark.parametrize("state", ["", "made-up"])
def test_an_answer_to_nothing_that_was_asked_is_refused(as_alice: Client, workspace: Workspace, state: str):
    back = answered(as_alice, sent_off(as_alice), account=person(workspace))
    query = {**dict(parse_qsl(urlsplit(back).query)), "state": state}

    assert as_alice.get(f"{BACK}?{urlencode(query)}").headers["location"] == "/channels/connect/"
    assert "toast--error" in said(as_alice)


def test_an_answer_after_ten_minutes_is_refused(as_alice: Client, workspace: Workspace):
    back = answered(as_alice, sent_off(as_alice), account=person(workspace))
    SignInUnderWay.objects.update(until=timezone.now() - timedelta(seconds=1))

    assert as_alice.get(back).headers["location"] == "/channels/connect/"
    assert not SignInUnderWay.objects.exists()


def test_another_session_of_the_same_person_cannot_use_the_answer(
    as_alice: Client, alice: User, workspace: Workspace
):
    back = answered(as_alice, sent_off(as_alice), account=person(workspace))
    elsewhere = Client()
    elsewhere.force_login(alice)

    assert elsewhere.get(back).headers["location"] == "/channels/connect/"
    assert elsewhere.post("/channels/connect/confirm/").headers["location"] == "/channels/connect/"


def test_mallory_cannot_slip_her_account_into_alices_workspace(
    as_alice: Client, workspace: Workspace, mallory: User
):
    """Login CSRF: she begins, and has Alice's browser finish."""
    hers = Client()
    hers.force_login(mallory)
    workspace.members.create(user=mallory, role=Role.MANAGER)
    hers.post("/workspaces/switch/", {"workspace": workspace.pk})
    back = answered(hers, sent_off(hers), account=person(workspace, "mallory"))

    assert as_alice.get(back).headers["location"] == "/channels/connect/"
    assert not Channel.objects.exists()


def test_an_answer_belongs_to_the_workspace_it_was_begun_in(
    as_alice: Client, alice: User, workspace: Workspace
):
    back = answered(as_alice, sent_off(as_alice), account=person(workspace))
    other = Workspace.objects.create(name="Other", world_kind="practice")
    other.members.create(user=alice, role=Role.OWNER)
    as_alice.post("/workspaces/switch/", {"workspace": other.pk})

    assert as_alice.get(back).headers["location"] == "/channels/connect/"


def test_a_code_does_not_do_without_the_verifier_it_was_begun_with(as_alice: Client, workspace: Workspace):
    back = answered(as_alice, sent_off(as_alice), account=person(workspace))
    row = SignInUnderWay.objects.get()
    row.sealed = secrets.seal({**secrets.unseal(row.sealed), "verifier": "x" * 43})
    row.save()

    assert as_alice.get(back).headers["location"] == "/channels/connect/mastodon/"
    assert "toast--error" in said(as_alice)


def test_a_no_on_the_networks_page_is_told_and_one_can_begin_again(as_alice: Client, workspace: Workspace):
    person(workspace)
    back = answered(as_alice, sent_off(as_alice), deny="1")

    response = as_alice.get(back, follow=True)

    assert response.redirect_chain[-1][0] == "/channels/connect/mastodon/"
    assert "toast--error" in response.content.decode()
    assert not Channel.objects.exists()


@pytest.mark.parametrize("server", ["two words", "nobody-there.example", "mastodon.example/blog"])
def test_a_wrong_server_is_said_in_place(as_alice: Client, workspace: Workspace, server: str):
    response = as_alice.post(SEND_OFF, {"server-server": server})

    assert response.status_code == 422
    assert response.context["ways"][0].form.non_field_errors()
    assert server in response.content.decode()
    assert not SignInUnderWay.objects.exists()


@pytest.mark.parametrize("server", ["http://127.0.0.1:9", "http://10.0.0.1"])
def test_a_private_server_is_refused_with_the_way_out(client: Client, mallory: User, server: str):
    client.force_login(mallory)  # in her own workspace, a real one

    response = client.post(SEND_OFF, {"server-server": server})

    assert response.status_code == 422
    assert "TESSELLE_ALLOW_PRIVATE" in response.content.decode()


def test_reconnecting_by_signing_in_keeps_the_channel(as_alice: Client, workspace: Workspace):
    account = person(workspace)
    channel = signed_in(as_alice, account)
    Channel.objects.update(blocked_reason="sign_in")

    signed_in(as_alice, account, reconnect=channel.pk)

    assert Channel.objects.get().pk == channel.pk
    assert Channel.objects.get().blocked_reason == ""


def test_reconnecting_with_another_account_changes_nothing_and_says_so(
    as_alice: Client, workspace: Workspace
):
    channel = signed_in(as_alice, person(workspace))
    before = Channel.objects.filter(pk=channel.pk).values().get()
    address = sent_off(as_alice, reconnect=channel.pk)
    found = as_alice.get(answered(as_alice, address, account=person(workspace, "somebodyelse")), follow=True)
    assert found.context["one"].is_other

    response = as_alice.post("/channels/connect/confirm/", {"account": found.context["one"].key})

    assert response.status_code == 422
    assert Channel.objects.filter(pk=channel.pk).values().get() == before
    assert Channel.objects.count() == 1


def test_a_viewer_is_not_sent_off_and_takes_no_answer(client: Client, chloe: User):
    client.force_login(chloe)

    assert client.post(SEND_OFF, {"server-server": "mastodon.example"}).status_code == 403
    assert client.get(f"{BACK}?state=x&code=y").status_code == 403


def test_mallory_reconnects_no_channel_of_others(
    client: Client, mallory: User, as_alice: Client, workspace: Workspace
):
    channel = signed_in(as_alice, person(workspace))
    client.force_login(mallory)

    asked = {"server-server": "mastodon.example", "reconnect": channel.pk}

    assert client.post(SEND_OFF, asked).status_code == 404
    assert client.post("/practice/network-page/", {"address": "https://mastodon.example/"}).status_code == 404
    assert client.post(f"/channels/{channel.pk}/take-back/").status_code == 404


def test_a_way_that_the_card_does_not_have_is_not_found(as_alice: Client):
    assert as_alice.post("/channels/connect/mastodon/sign-in/other/").status_code == 404
    assert as_alice.post("/channels/connect/bluesky/sign-in/server/").status_code == 404


def test_a_page_that_leads_elsewhere_is_not_followed(as_alice: Client, workspace: Workspace):
    account = person(workspace)
    address = sent_off(as_alice)
    strange = address.replace(urlencode({"r": redirect_address()})[2:], "https%3A%2F%2Fevil.example%2F")

    assert answered(as_alice, strange, account=account) == "/channels/connect/"
