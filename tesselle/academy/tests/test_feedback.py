"""Feedback of others by a link without an account."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.academy.choosing.feedback import MOST_ANSWERS, give_feedback, make_link
from tesselle.academy.models import (
    Feedback,
    FeedbackLink,
    Path,
)
from tesselle.academy.tests.scoring import plain
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.workspaces.models import User


@pytest.fixture
def link(laid_out: Path) -> str:
    return reverse("academy:feedback", args=[make_link(laid_out.tools.get(key="buffer"))[1]])


def test_the_link_is_shown_once_and_only_its_hash_is_kept(as_alice: Client, laid_out: Path):
    tool = laid_out.tools.first()
    shown = as_alice.post(reverse("academy:ask", args=[tool.pk])).content.decode()

    token = re.search(r"/feedback/([\w-]+)/", shown)[1]
    kept = FeedbackLink.objects.get()
    assert token not in str(vars(kept))
    assert token not in as_alice.get(reverse("academy:tool", args=[tool.pk])).content.decode()


def test_opening_the_link_decides_nothing(client: Client, link: str):
    answer = client.get(link)

    assert answer.status_code == 200
    assert "Alice" in plain(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not Feedback.objects.exists()


def test_somebody_without_an_account_says_what_they_think(client: Client, link: str, laid_out: Path):
    sent = {"name": "Noé", "liked": "Clair", **{f"s{n}": "3" for n in range(10)}}

    assert client.post(link, sent).status_code == 200
    given = Feedback.objects.get()
    assert (given.tool, given.name, given.answers) == (laid_out.tools.first(), "Noé", [3] * 10)
    assert Entry.objects.get(verb="path.feedback_given").actor_id is None


def test_half_a_questionnaire_or_nothing_at_all_is_refused(client: Client, link: str):
    assert client.post(link, {"name": "Noé", "liked": "Clair", "s0": "3"}).status_code == 422
    assert client.post(link, {"name": "Noé"}).status_code == 422
    assert not Feedback.objects.exists()


def test_an_expired_closed_or_invented_link_is_worth_nothing(
    client: Client, link: str, as_alice: Client, laid_out: Path
):
    sent = {"name": "Noé", "liked": "Clair"}
    kept = FeedbackLink.objects.get()
    FeedbackLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expired = Client().post(link, sent).status_code
    FeedbackLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    as_alice.post(reverse("academy:close_link", args=[kept.pk]))

    assert expired == 404
    assert Client().post(link, sent).status_code == 404
    assert Client().get(reverse("academy:feedback", args=["invented"])).status_code == 404
    assert not Feedback.objects.exists()


def test_a_link_of_a_deleted_workspace_is_worth_nothing(client: Client, link: str, laid_out: Path):
    laid_out.workspace.deleted_at = timezone.now()
    laid_out.workspace.save()

    assert client.get(link).status_code == 404


def test_one_link_brings_a_bounded_number_of_answers(laid_out: Path):
    made, _ = make_link(laid_out.tools.get(key="buffer"))
    Feedback.objects.bulk_create(
        Feedback(tool=made.tool, link=made, name=f"n{number}") for number in range(MOST_ANSWERS)
    )

    with pytest.raises(RuleError):
        give_feedback(made, name="one more", liked="x", missed="", answers=[])


def test_mallory_closes_no_link_of_ours(client: Client, link: str, mallory: User):
    client.force_login(mallory)
    client.post("/path/begin/")

    assert client.post(reverse("academy:close_link", args=[FeedbackLink.objects.get().pk])).status_code == 404
    assert FeedbackLink.objects.get().revoked_at is None
