"""Networks that ship switched off: why, who switches them on, and what holds until then."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tesselle.channels import services, switches
from tesselle.channels.models import SwitchedOn
from tesselle.channels.tests.other_card import card_with
from tesselle.connectors.protocols import Account, Identity
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.networks import card
from tesselle.workspaces.models import User, Workspace

HERE = "/installation/networks/mastodon/switch/"
WHY = "It is closed to newcomers."
IDENTITY = Identity(Account("account", "1", "tiles", "https://mastodon.example"), "Tiles", "")


@pytest.fixture(autouse=True)
def ships_off() -> Iterator[None]:
    with card_with("mastodon", shipped_off=(WHY,)):
        yield


@pytest.fixture
def operator(client: Client, alice: User) -> Client:
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    client.force_login(alice)
    return client


@pytest.fixture
def real(mallory: User) -> Workspace:
    return mallory.memberships.get().workspace


def test_a_real_workspace_reads_why_and_finds_no_way_in(client: Client, mallory: User, real: Workspace):
    assert not real.is_practice
    client.force_login(mallory)

    chosen = client.get("/channels/connect/").content.decode()

    assert WHY in chosen
    assert "/channels/connect/mastodon/" not in chosen
    assert client.get("/channels/connect/mastodon/").headers["Location"] == "/channels/connect/"
    assert (
        client.post("/channels/connect/mastodon/sign-in/server/", {"server-server": "a.b"}).status_code == 422
    )
    with pytest.raises(RuleError):
        services.connect(workspace=real, network="mastodon", identity=IDENTITY, by=mallory)


def test_a_practice_workspace_has_it_all_the_same(workspace: Workspace):
    assert workspace.is_practice
    switches.need_on(workspace, "mastodon")


def test_whoever_runs_the_installation_switches_it_on_and_off(operator: Client, real: Workspace):
    assert WHY in operator.get("/installation/networks/").content.decode()

    operator.post(HERE, {"switch": "on"})
    operator.post(HERE, {"switch": "on"})
    switches.need_on(real, "mastodon")
    operator.post(HERE)

    assert not SwitchedOn.objects.exists()
    assert switches.off_in(real) >= {"mastodon"}
    told = Entry.objects.filter(subject_kind="network").order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["network.switched_on", "network.switched_off"]


def test_a_network_without_a_switch_has_none(operator: Client):
    assert operator.post("/installation/networks/bluesky/switch/", {"switch": "on"}).status_code == 404
    assert not SwitchedOn.objects.exists()


def test_nobody_else_finds_the_switch(client: Client, alice: User, mallory: User):
    for somebody in (alice, mallory):  # owners of workspaces, but not of the installation
        client.force_login(somebody)
        assert client.post(HERE, {"switch": "on"}).status_code == 404
    assert not SwitchedOn.objects.exists()


def test_what_ships_off_says_more_than_one_sentence():
    for network in switches.with_a_switch():
        if network.slug != "mastodon":
            assert len(card(network.slug).shipped_off) > 1
