"""A difficulty is offered to be noted where it happens, with its first words."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.academy.models import Path
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery
from tesselle.measure.tests.factories import make_channel, make_out
from tesselle.workspaces.models import Workspace

PAGE = "/path/time/"
OFFER = "?about="


@pytest.fixture
def delivery(workspace: Workspace) -> Delivery:
    made = make_out(make_channel(workspace), workspace.now(), "Une douche à l’italienne")
    made.state = DeliveryState.REFUSED
    made.save()
    return made


def offers(client: Client, delivery: Delivery) -> bool:
    return OFFER in client.get(reverse("publish:delivery", args=[delivery.pk])).content.decode()


def test_trouble_is_offered_as_a_difficulty_to_whoever_has_a_path(
    as_alice: Client, path: Path, delivery: Delivery
):
    assert offers(as_alice, delivery)

    Delivery.objects.update(state=DeliveryState.LIVE)
    assert not offers(as_alice, delivery)


def test_who_has_no_path_is_not_asked(as_alice: Client, delivery: Delivery):
    assert not offers(as_alice, delivery)


def test_the_note_begins_with_what_happened(as_alice: Client, path: Path, delivery: Delivery):
    page = as_alice.get(f"{PAGE}{OFFER}{delivery.pk}")

    begun = page.context["difficulty_form"]["what"].value()
    assert begun == "«\xa0Une douche à l’italienne\xa0» sur carreaux\xa0: refusé."
    assert begun in html.unescape(page.content.decode())


@pytest.mark.parametrize("about", ["", "x", "-1", "9" * 30, "٣"])
def test_what_names_no_delivery_begins_nothing(as_alice: Client, path: Path, about: str):
    answer = as_alice.get(PAGE, {"about": about})

    assert (answer.status_code, answer.context["has_happened"]) == (200, False)


def test_a_delivery_of_another_workspace_tells_nothing(as_alice: Client, path: Path, delivery: Delivery):
    delivery.workspace = Workspace.objects.create(name="Ailleurs")
    delivery.save()

    assert not as_alice.get(PAGE, {"about": delivery.pk}).context["has_happened"]
