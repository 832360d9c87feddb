"""What chaos says of a delivery that did not come to rest."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in
from tesselle.domain.content import Content
from tesselle.ledger.models import Attempt, Delivery, Look, Step, Worker
from tesselle.ops.chaos.house import Workers
from tesselle.ops.chaos.unfinished import Crew, Why, why
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import Workspace

PATIENCE_S = 120


@pytest.fixture
def delivery(workspace: Workspace) -> Delivery:
    channel = channel_in(workspace)
    post = save_post(
        workspace=workspace, author=None, shared=Content(text="Zellige"), wordings=(Wording(channel),)
    )
    return plan_post(post=post, slots={channel.pk: Slot.at_once(workspace)}, by=None)[0]


@pytest.fixture
def crew(db: None) -> Crew:
    """One worker that is at work: this process stands for it."""
    Worker.objects.create(host="here", pid=os.getpid(), backend_pid=1)
    return Crew({"A": os.getpid()}, {})


def found(delivery: Delivery, crew: Crew, state: str, **fields: object) -> Why:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)
    return why(delivery.pk, crew)


def attempt(delivery: Delivery, state: str, kind: str = "film") -> Attempt:
    step = Step.objects.create(
        delivery=delivery, channel=delivery.channel, position=0, kind=kind, key="k", instant=timezone.now()
    )
    worker = Worker.objects.get()
    return Attempt.objects.create(
        step=step,
        delivery=delivery,
        channel=delivery.channel,
        number=1,
        state=state,
        worker_id=worker.pk,
        started_at=timezone.now(),
    )


def test_a_worker_that_died_at_its_start_is_named_with_its_last_words(tmp_path, delivery, monkeypatch):
    monkeypatch.setenv("TESSELLE_CHAOS_IMPORT", "no_such_module_anywhere")
    workers = Workers(tmp_path, {})
    workers.start("A").wait(PATIENCE_S)

    told = why(delivery.pk, Crew(workers.running(), workers.ended()))

    assert told.code == "no_worker"
    assert "worker A ended by itself with status 1" in told.words
    assert "No module named 'no_such_module_anywhere'" in told.words


def test_a_worker_that_has_not_come_as_far_as_its_work_is_told_so(delivery):
    assert why(delivery.pk, Crew({"A": os.getpid()}, {})).code == "starting"


def test_what_nobody_took_up_is_told_as_queued(delivery, crew):
    told = found(delivery, crew, "queued", next_at=timezone.now() - timedelta(minutes=1))

    assert told.code == "queued"
    assert "overdue by" in told.words


def test_what_stands_behind_another_of_its_channel_is_told_with_that_one(delivery, crew, workspace):
    post = save_post(
        workspace=workspace, author=None, shared=Content(text="Avant"), wordings=(Wording(delivery.channel),)
    )
    first = plan_post(post=post, slots={delivery.channel_id: Slot.at_once(workspace)}, by=None)[0]
    Delivery.objects.filter(pk=first.pk).update(state="settling")

    told = found(delivery, crew, "queued")

    assert told.code == "behind"
    assert f"delivery {first.pk} of its channel, which is settling" in told.words


def test_a_film_that_is_still_being_prepared_is_told_with_its_step(delivery, crew):
    attempt(delivery, "prepared")

    told = found(delivery, crew, "sending", worker_id=Worker.objects.get().pk)

    assert told.code == "preparing"
    assert "step 1 (film)" in told.words
    assert f"in the hands of worker process {os.getpid()}" in told.words


def test_a_call_without_an_answer_is_told_as_on_its_way(delivery, crew):
    attempt(delivery, "sending", "post")

    assert found(delivery, crew, "sending").code == "calling"


def test_files_that_are_made_ready_are_told_before_any_step(delivery, crew):
    assert found(delivery, crew, "sending").code == "dressing"


def test_a_film_that_the_library_has_not_made_yet_is_told_apart_from_other_waits(delivery, crew):
    note = {"sentence": "The film is not ready yet.", "params": {}}

    film = found(delivery, crew, "waiting", reason="media", note=note)
    told_to = found(delivery, crew, "waiting", reason="later", note=note)

    assert (film.code, told_to.code) == ("film", "waiting")
    assert "The film is not ready yet." in film.words


def test_a_doubt_is_told_with_the_looks_at_it(delivery, crew):
    doubtful = attempt(delivery, "ambiguous", "comment")
    for outcome in ("silent", "silent", "not_there"):
        Look.objects.create(attempt=doubtful, how="lookup", outcome=outcome)

    told = found(delivery, crew, "settling")

    assert told.code == "settling"
    assert "step 1 (comment) is in doubt, looks so far: 2 silent, 1 not_there" in told.words


@pytest.mark.parametrize(
    ("state", "code"), [("processing", "reading_back"), ("blocked", "blocked"), ("planned", "planned")]
)
def test_every_other_state_has_a_word_of_its_own(delivery, crew, state, code):
    assert found(delivery, crew, state).code == code


def test_what_is_about_something_unfinished_is_told_by_that(delivery, crew):
    answer = Delivery.objects.create(
        workspace=delivery.workspace,
        channel=delivery.channel,
        purpose="answer",
        subject=delivery,
        due_at=timezone.now(),
        state="queued",
    )
    Delivery.objects.filter(pk=delivery.pk).update(state="processing")

    told = why(answer.pk, crew)

    assert (told.code, told.state) == ("subject", "queued")
    assert "still processing" in told.words


def test_what_came_to_rest_in_the_last_moment_is_no_riddle(delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state="live")

    assert why(delivery.pk, Crew({}, {})).code == "late"
