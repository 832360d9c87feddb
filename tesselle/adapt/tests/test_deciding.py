"""Accepting, undoing, turning down: what changes, what is written down, and who may."""

from datetime import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tesselle.adapt.models import Decision, Suggestion
from tesselle.adapt.pages import shown
from tesselle.adapt.services import REVIEW_AFTER
from tesselle.adapt.tests.factories import make_habit_suggestion, make_slot_suggestion
from tesselle.channels.models import Channel
from tesselle.domain.slots import WeeklySlot
from tesselle.journal.models import Entry
from tesselle.measure.tests.factories import make_channel
from tesselle.plan.models import PostingSlot
from tesselle.workspaces.models import User, Workspace

TUESDAY, THURSDAY = WeeklySlot(1, time(9)), WeeklySlot(3, time(18))


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    found = make_channel(workspace)
    PostingSlot.objects.create(channel=found, weekday=1, at=time(9))
    return found


def slots(channel: Channel) -> list[WeeklySlot]:
    return sorted(slot.weekly for slot in PostingSlot.objects.filter(channel=channel))


def press(client: Client, act: str, pk: int) -> int:
    return client.post(reverse(f"adapt:{act}", args=[pk])).status_code


def test_accepted_in_one_click_the_posting_times_change_and_it_is_written_down(
    as_alice: Client, alice: User, workspace: Workspace, channel: Channel
):
    suggestion = make_slot_suggestion(channel)

    press(as_alice, "accept", suggestion.pk)

    decision = Decision.objects.get()
    assert slots(channel) == [THURSDAY]
    assert (decision.decided_by, decision.verdict) == (alice, "")
    assert decision.review_on == (decision.decided_at + REVIEW_AFTER).astimezone(workspace.tz).date()
    assert Entry.objects.filter(verb="decision.taken", workspace_id=workspace.pk).count() == 1


def test_pressed_twice_it_is_one_decision(as_alice: Client, channel: Channel):
    suggestion = make_slot_suggestion(channel)

    press(as_alice, "accept", suggestion.pk)
    press(as_alice, "accept", suggestion.pk)

    assert (Decision.objects.count(), slots(channel)) == (1, [THURSDAY])


def test_undone_everything_is_as_before_and_it_can_be_accepted_again(as_alice: Client, channel: Channel):
    suggestion = make_slot_suggestion(channel)
    press(as_alice, "accept", suggestion.pk)

    press(as_alice, "undo", Decision.objects.get().pk)
    undone = slots(channel)
    press(as_alice, "accept", suggestion.pk)

    assert undone == [TUESDAY]
    assert slots(channel) == [THURSDAY]
    assert Decision.objects.get().undone_at is None


def test_the_page_names_a_day_of_judgement_only_while_there_is_one(as_alice: Client, channel: Channel):
    def page() -> str:
        return as_alice.get(reverse("adapt:decisions")).content.decode()

    press(as_alice, "accept", make_slot_suggestion(channel).pk)
    assert "À juger le" in page()

    Decision.objects.update(verdict="cannot_tell", seen_posts=0)
    assert "Aucune publication de ce genre" in page() and "À juger le" not in page()

    Decision.objects.update(verdict="")
    press(as_alice, "undo", Decision.objects.get().pk)
    assert "À juger le" not in page()


def test_a_posting_time_that_somebody_removed_meanwhile_is_no_hindrance(as_alice: Client, channel: Channel):
    suggestion = make_slot_suggestion(channel)
    PostingSlot.objects.all().delete()

    press(as_alice, "accept", suggestion.pk)

    assert slots(channel) == [THURSDAY]


def test_a_judged_decision_is_history(as_alice: Client, channel: Channel):
    press(as_alice, "accept", make_slot_suggestion(channel).pk)
    Decision.objects.update(verdict="held")

    press(as_alice, "undo", Decision.objects.get().pk)

    assert slots(channel) == [THURSDAY]


@pytest.mark.parametrize("state", ["dismissed", "overtaken"])
def test_what_no_longer_stands_changes_nothing(as_alice: Client, channel: Channel, state: str):
    suggestion = make_slot_suggestion(channel, state=state)

    press(as_alice, "accept", suggestion.pk)

    assert not Decision.objects.exists()
    assert slots(channel) == [TUESDAY]


def test_a_habit_is_written_down_and_changes_no_posting_time(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    press(as_alice, "accept", make_habit_suggestion(workspace).pk)

    page = as_alice.get(reverse("adapt:decisions")).content.decode()
    assert "En écrire une de plus par semaine" in page
    assert "À juger le" in page
    assert slots(channel) == [TUESDAY]


def test_turned_down_it_is_gone_from_the_page(as_alice: Client, channel: Channel):
    suggestion = make_slot_suggestion(channel)
    press(as_alice, "dismiss", suggestion.pk)

    page = as_alice.get(reverse("adapt:decisions")).content.decode()

    assert f'data-suggestion="{suggestion.pk}"' not in page
    assert Suggestion.objects.get().state == "dismissed"


def test_the_page_says_what_is_expected_and_how_sure(as_alice: Client, channel: Channel):
    make_slot_suggestion(channel)

    page = as_alice.get(reverse("adapt:decisions")).content.decode()

    assert "Publier le jeudi à 18:00 au lieu du mardi à 09:00" in page
    assert "au moins 9 chances sur 10" in page
    assert "jamais essayé cette heure" in page


@pytest.mark.parametrize("act", ["accept", "dismiss"])
def test_a_stranger_finds_nothing(client: Client, mallory: User, channel: Channel, act: str):
    suggestion = make_slot_suggestion(channel)
    client.force_login(mallory)

    assert press(client, act, suggestion.pk) == 404
    assert "data-suggestion" not in client.get(reverse("adapt:decisions")).content.decode()
    assert slots(channel) == [TUESDAY]


def test_a_stranger_undoes_nothing(client: Client, as_alice: Client, mallory: User, channel: Channel):
    press(as_alice, "accept", make_slot_suggestion(channel).pk)
    client.force_login(mallory)

    assert press(client, "undo", Decision.objects.get().pk) == 404


def test_a_viewer_reads_and_does_not_decide(client: Client, chloe: User, channel: Channel):
    suggestion = make_slot_suggestion(channel)
    client.force_login(chloe)

    page = client.get(reverse("adapt:decisions")).content.decode()

    assert f'data-suggestion="{suggestion.pk}"' in page
    assert "<form" not in page.split("data-suggestion")[1].split("</article>")[0]
    assert press(client, "accept", suggestion.pk) == 403


@pytest.mark.parametrize(("certainty", "is_told"), [("worth_testing", True), ("likely", False)])
def test_an_hour_that_own_figures_do_not_settle_says_that_it_may_be_nothing(
    channel: Channel, certainty: str, is_told: bool
):
    with override("en"):
        basis = shown(make_slot_suggestion(channel, certainty=certainty)).basis

    assert ("often made even where hours make no difference" in basis) is is_told
