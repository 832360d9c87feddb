"""The question about one's own figures: it cannot be solved by trying, and a try is told for what it was."""

import pytest
from django.test import Client
from django.utils import timezone

from tesselle.academy.models import GuidedProject, ProjectStep, StepKey
from tesselle.academy.testing.forms import asked_of
from tesselle.academy.tests.playing import PAGE, WHY, asked, is_done, planned, right
from tesselle.measure.models import Series
from tesselle.workspaces.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(project: GuidedProject, alice: User) -> ProjectStep:
    """The step “Read”, begun, with two posts whose figures are known."""
    told = [
        {"impressions": 2400, "reactions": 90, "comments": 8, "shares": 2},
        {"impressions": 900, "reactions": 12, "comments": 5, "shares": 1},
    ]
    for delivery, latest in zip(planned(project, alice, [1, 2]), told, strict=True):
        Series.objects.create(
            channel=delivery.channel, delivery=delivery, published_at=delivery.due_at, latest=latest
        )
    for key in (StepKey.AIM, StepKey.PLAN, StepKey.RUN):
        ProjectStep.objects.create(project=project, key=key, done_at=timezone.now(), found=DONE[key])
    return ProjectStep.objects.create(project=project, key=StepKey.READ)


DONE = {
    StepKey.AIM: {"objective": "Trois demandes"},
    StepKey.PLAN: {"planned": 2, "days": 2},
    StepKey.RUN: {"days": 6, "out": 2},
}


def test_a_wrong_answer_is_counted_told_and_followed_by_another_question(
    as_alice: Client, project: GuidedProject, step: ProjectStep
):
    posts, question = asked(project)
    other = next(one for one in posts if one.delivery_id not in question.posts)

    as_alice.post(f"{PAGE}read/check/", right(question, delivery=str(other.delivery_id)))

    page = as_alice.get(f"{PAGE}read/").content.decode()
    assert "C’est une autre de vos publications" in page
    assert "Une jusqu’ici." in page
    assert WHY in page
    assert str(asked_of(question)) not in page
    step.refresh_from_db()
    assert (step.missed, step.tries, step.done_at) == ([question.key], 1, None)


def test_all_choices_tried_with_one_number_lead_nowhere(
    as_alice: Client, project: GuidedProject, step: ProjectStep
):
    posts, question = asked(project)
    for post in posts:
        assert not is_done(
            as_alice, StepKey.READ, **right(question, delivery=str(post.delivery_id), number="7")
        )


def test_half_an_answer_is_sent_back_and_is_no_try(
    as_alice: Client, project: GuidedProject, step: ProjectStep
):
    _, question = asked(project)
    for other in ({"number": ""}, {"delivery": ""}, {"words": "Bien."}, {"words": ""}, {"delivery": "0"}):
        answer = as_alice.post(f"{PAGE}read/check/", right(question, **other))
        assert answer.status_code == 422

    step.refresh_from_db()
    assert (step.missed, step.tries) == ([], 0)


def test_an_answer_to_a_question_that_is_over_is_not_counted_as_wrong(
    as_alice: Client, project: GuidedProject, step: ProjectStep
):
    _, question = asked(project)
    assert not is_done(as_alice, StepKey.READ, **right(question, question="reach-highest"))
    step.refresh_from_db()
    assert step.missed == []


def test_the_report_says_that_it_was_answered_at_once(
    as_alice: Client, project: GuidedProject, step: ProjectStep
):
    assert is_done(as_alice, StepKey.READ, **right(asked(project)[1]))

    page = as_alice.get(f"{PAGE}read/").content.decode()
    assert "répondu du premier coup" in page
    assert 'name="number"' not in page


def test_a_post_that_is_to_be_read_opens_in_its_workspace_and_no_other_does(
    as_alice: Client, project: GuidedProject, step: ProjectStep
):
    posts, _ = asked(project)
    gone = as_alice.post(f"{PAGE}read/go/", {"delivery": str(posts[0].delivery_id)})

    assert as_alice.get(gone.headers["Location"]).status_code == 200
    assert as_alice.post(f"{PAGE}read/go/", {"delivery": "999999"}).headers["Location"] == "/figures/"
