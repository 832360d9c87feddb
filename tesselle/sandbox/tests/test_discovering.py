"""A world is chosen without a word about it, and told of only to who has drawn her own conclusion."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery, installation
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.discovering.services import choose_world, conclude
from tesselle.sandbox.lessons import LESSONS
from tesselle.sandbox.models import Conclusion, SeededWorld
from tesselle.sandbox.tests.living import planned
from tesselle.simulation.worlds import WORLDS
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

WORLD, CHOOSE, CONCLUDE = "/practice/world/", "/practice/world/choose/", "/practice/world/conclude/"
SAID = {"guess": "nothing_matters", "words": "No two weeks agree."}


@pytest.fixture
def practice(workspace: Workspace, alice: User) -> Workspace:
    installation()
    connect_simulated(workspace=workspace, network="mastodon", by=alice)
    return workspace


def test_every_world_says_in_both_languages_what_there_is_to_discover():
    assert list(LESSONS) == list(WORLDS)
    with translation.override("fr"):
        for one in LESSONS.values():
            assert all(translation.gettext(text) != text for text in (one.title, one.discover))


@pytest.mark.parametrize("world", ["nothing_matters", "confounded", "complaints"])
def test_the_truth_is_told_only_after_the_conclusion(
    practice: Workspace, as_alice: Client, alice: User, world: str
):
    choose_world(workspace=practice, choice=world, by=alice)
    with translation.override("fr"):
        discover = translation.gettext(LESSONS[world].discover)
    before = unescape(as_alice.get(WORLD).content.decode())

    as_alice.post(CONCLUDE, SAID)

    after = unescape(as_alice.get(WORLD).content.decode())
    assert "data-reveal" not in before
    assert discover not in before
    assert discover in after
    assert SAID["words"] in after
    assert ("Vous aviez raison" in after) == (world == "nothing_matters")


def test_a_conclusion_stands_as_it_was_and_each_person_has_her_own(
    practice: Workspace, as_alice: Client, bob: User
):
    as_alice.post(CONCLUDE, SAID)
    as_alice.post(CONCLUDE, {"guess": "ordinary", "words": "I knew it all along."})
    as_alice.force_login(bob)

    assert [one.words for one in Conclusion.objects.all()] == [SAID["words"]]
    assert "data-reveal" not in as_alice.get(WORLD).content.decode()


def test_a_conclusion_without_reasons_is_none(practice: Workspace, as_alice: Client):
    assert as_alice.post(CONCLUDE, {**SAID, "words": " "}).status_code == 422
    assert not Conclusion.objects.exists()


def test_neither_the_page_nor_the_journal_tells_which_world_was_chosen(practice: Workspace, as_alice: Client):
    as_alice.post(CHOOSE, {"world": "night_owls"})

    assert SeededWorld.objects.get(workspace=practice).world == "night_owls"
    entry = Entry.objects.get(verb="practice.world_chosen")
    assert "night_owls" not in str(vars(entry))


def test_a_surprise_is_one_of_them_and_another_name_is_none(practice: Workspace, alice: User):
    choose_world(workspace=practice, choice="surprise", by=alice)
    assert SeededWorld.objects.get(workspace=practice).world in WORLDS
    with pytest.raises(RuleError):
        choose_world(workspace=practice, choice="paradise", by=alice)


def test_where_something_happened_the_world_stays(practice: Workspace, alice: User):
    delivery = planned(practice.channels.get(), "First words", timedelta(hours=1))
    Delivery.objects.filter(pk=delivery.pk).update(accepted_at=practice.now())

    with pytest.raises(RuleError):
        choose_world(workspace=practice, choice="viral", by=alice)


def test_beginning_anew_begins_the_world_that_was_asked_for(practice: Workspace, as_alice: Client):
    as_alice.post("/practice/anew/", {"world": "tiny"})

    fresh = Workspace.objects.exclude(pk=practice.pk).get(deleted_at=None, world_kind="practice")
    assert SeededWorld.objects.get(workspace=fresh).world == "tiny"
    assert as_alice.post("/practice/anew/", {"world": "paradise"}).status_code == 302
    assert SeededWorld.objects.count() == 2


def test_mallory_and_who_only_edits_choose_nothing(
    practice: Workspace, client: Client, bob: User, mallory: User
):
    client.force_login(bob)
    assert client.post(CHOOSE, {"world": "tiny"}).status_code == 403
    client.force_login(mallory)
    for answer in (client.get(WORLD), client.post(CHOOSE, {"world": "tiny"}), client.post(CONCLUDE, SAID)):
        assert answer.status_code == 404
    assert not Conclusion.objects.exists()


def test_one_person_concludes_once_in_each_world(practice: Workspace, alice: User):
    first = conclude(workspace=practice, guess="ordinary", words="Form counts.", by=alice)
    again: Any = conclude(workspace=practice, guess="viral", words="No.", by=alice)

    assert (again.pk, again.guess) == (first.pk, "ordinary")
