"""Networks that want an application of each installation: the operator's pages, and who may see them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from tesselle.channels import own_apps
from tesselle.channels.models import NetworkApp
from tesselle.channels.tests.other_card import card_with
from tesselle.channels.tests.test_sign_in import person
from tesselle.connectors.oauth2 import OAuth2
from tesselle.journal.models import Entry
from tesselle.networks import card
from tesselle.workspaces.models import User, Workspace
from tesselle.workspaces.tests.people import give_password, prove

HERE = "/installation/networks/mastodon/server/"


@pytest.fixture(autouse=True)
def needs_an_app() -> Iterator[None]:
    way = replace(
        card("mastodon").sign_ins[0],
        app="installation",
        authorize="https://mastodon.example/oauth/authorize",
        token="https://mastodon.example/oauth/token",
        asks=(),
        app_steps=("Open the network’s page for developers.",),
        app_names=("App ID", "Tile secret"),
    )
    plain = {"dialect": lambda _connector, _way: OAuth2(way)}
    with card_with("mastodon", sign_ins=(way,), connector=plain):
        yield


@pytest.fixture
def operator(client: Client, alice: User) -> Client:
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    client.force_login(alice)
    prove(client)
    return client


def test_the_secret_of_an_application_is_typed_only_by_who_has_just_proven_who_they_are(
    client: Client, alice: User
):
    give_password(alice)
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    client.force_login(alice)

    for asked in (client.get(HERE), client.post(f"{HERE}forget/")):
        assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert client.post(HERE, {"client_id": "tiles", "client_secret": "s3cret"}).status_code == 302
    assert not NetworkApp.objects.exists()


def test_the_operator_sees_what_to_do_with_the_redirect_address_to_copy(operator: Client):
    shown = operator.get(HERE).content.decode()

    assert "Open the network’s page for developers." in shown
    assert own_apps.redirect_address() in shown
    assert "Tile secret" in shown
    assert HERE in operator.get("/installation/networks/").content.decode()


def test_what_is_kept_is_encrypted_and_never_shown_again(operator: Client):
    operator.post(HERE, {"client_id": "tiles", "client_secret": "s3cret-word"})

    kept = NetworkApp.objects.get()
    assert kept.own().client_secret == "s3cret-word"
    assert "s3cret-word" not in kept.sealed_secret
    assert "s3cret-word" not in operator.get(HERE).content.decode()
    assert Entry.objects.filter(verb="network_app.kept").exists()
    assert "s3cret-word" not in str(Entry.objects.filter(verb="network_app.kept").values().get())


def test_an_empty_secret_keeps_the_one_that_is_there(operator: Client):
    operator.post(HERE, {"client_id": "tiles", "client_secret": "s3cret-word"})
    operator.post(HERE, {"client_id": "other", "client_secret": ""})

    assert NetworkApp.objects.get().own().client_secret == "s3cret-word"
    assert NetworkApp.objects.get().client_id == "other"


def test_a_first_time_needs_a_secret(operator: Client):
    response = operator.post(HERE, {"client_id": "tiles", "client_secret": ""})

    assert response.status_code == 422
    assert response.context["form"].errors["client_secret"]
    assert not NetworkApp.objects.exists()


def test_what_is_forgotten_is_gone(operator: Client):
    operator.post(HERE, {"client_id": "tiles", "client_secret": "s3cret-word"})
    operator.post(f"{HERE}forget/")

    assert not NetworkApp.objects.exists()


@pytest.mark.parametrize("address", ["/installation/networks/", HERE])
def test_nobody_but_the_operator_finds_the_pages(client: Client, alice: User, mallory: User, address: str):
    for somebody in (alice, mallory):  # owners of workspaces, but not of the installation
        client.force_login(somebody)
        assert client.get(address).status_code == 404
    assert client.post(HERE, {"client_id": "x", "client_secret": "y"}).status_code == 404
    assert client.post(f"{HERE}test/").status_code == 404
    assert client.post(f"{HERE}forget/").status_code == 404
    assert not NetworkApp.objects.exists()


def test_a_real_workspace_is_told_what_has_to_come_first(client: Client, mallory: User):
    client.force_login(mallory)
    shown = client.get("/channels/connect/mastodon/")
    sent = client.post("/channels/connect/mastodon/sign-in/server/")

    assert shown.context["ways"][0].needs_app
    assert "/installation/" not in shown.content.decode()
    assert sent.status_code == 422
    assert sent.context["ways"][0].form.non_field_errors()


@pytest.mark.django_db(transaction=True)
def test_a_practice_world_needs_no_application(as_alice: Client, workspace: Workspace):
    account = person(workspace)
    address = as_alice.post("/channels/connect/mastodon/sign-in/server/").context["leaving"].address
    back = as_alice.post("/practice/network-page/", {"address": address, "account": account})

    found = as_alice.get(back.headers["location"], follow=True)

    assert found.context["one"].handle == "@carreaux@mastodon.example"
    assert not NetworkApp.objects.exists()


def test_the_installation_s_page_leads_to_the_applications(operator: Client):
    page = operator.get("/installation/").content.decode()
    assert 'href="/installation/networks/"' in page and "Mastodon" in page and "Pas en place" in page

    NetworkApp.objects.create(network="mastodon", way="server", client_id="tesselle")

    assert "1 réseau configuré" in operator.get("/installation/").content.decode()
