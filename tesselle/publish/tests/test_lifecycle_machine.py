"""Anything may happen at any time, to anybody: the promises hold.

Hypothesis draws what people, workers and networks do, in any order; the real SQL and the real senders
do their work in between, and a model beside them knows how many copies there may be.
"""

import itertools
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count, F, Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tesselle.channels import services as channel_services
from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.http.asgi_transport import AsgiTransport
from tesselle.connectors.registry import register_world
from tesselle.domain.content import Content
from tesselle.domain.lifecycle import (
    ATTEMPT,
    DELIVERY,
    HOLDING,
    NEEDS_A_PERSON,
    OUT,
    AttemptState,
    DeliveryState,
)
from tesselle.journal.models import Entry
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.ledger.services import deciding, planning
from tesselle.networks.telegram import sandbox_updates
from tesselle.plan.services import Slot, move_delivery
from tesselle.publish.changing import plan_deletion
from tesselle.publish.tests.machine_house import Errand, HoldingTransport, House, MachineWorker
from tesselle.publish.tests.machine_model import Planned, follow
from tesselle.publish.tests.stage import PublishStage, database_url
from tesselle.simulation.faults import Effect, Fault
from tesselle.workspaces.models import Workspace

AT_REST = {*OUT, *NEEDS_A_PERSON, DeliveryState.CANCELLED} - {DeliveryState.PROCESSING, DeliveryState.BLOCKED}
EFFECTS = st.sampled_from(
    [
        *(Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.CUT_UNREAD, Effect.FAIL_5XX),
        *(Effect.GARBAGE, Effect.THROTTLE, Effect.EXPIRED, Effect.REFUSE_MEDIA),
    ]
)
WHICH = st.integers(0, 11)
UNDECIDED = {DeliveryState.UNKNOWN, DeliveryState.MISSED, DeliveryState.PARTIAL, DeliveryState.REFUSED}
numbers = itertools.count(1)


class Lifecycle(RuleBasedStateMachine):
    """Each run has a workspace of its own on `stage`. No rule has a precondition: what Hypothesis draws
    must not hang on how quick the machine is, so a rule that finds nothing to do does nothing."""

    stage: PublishStage

    def __init__(self) -> None:
        super().__init__()
        self.house = House(database_url(), self.stage.media_folder)
        self.model: dict[int, Planned] = {}
        self.channels: list[Channel] = []
        self.states: dict[int, str] = {}
        self.told: dict[int, DeliveryState] = {}
        self.tries: dict[int, AttemptState] = {}
        self.read_up_to = 0

    @initialize()
    def open(self) -> None:
        number = next(numbers)
        inner = AsgiTransport(self.stage._app_for)
        register_world("practice", lambda _world: HoldingTransport(inner, self.house))
        self.stage.workspace = Workspace.objects.create(
            name=f"Machine {number}", world_kind=Workspace.WorldKind.PRACTICE
        )
        self.stage.sims.clear()
        for slug in ("telegram", "bluesky"):
            self.stage.sim(slug).network.clock = self._now
            self.channels.append(self.stage.channel(slug, f"machine{number}"))
        for which in range(2):
            self.house.hire()
            self.plan(which, parts=0, minutes=0)
            self.plan(which, parts=2, minutes=0)

    def _now(self) -> datetime:
        return datetime.now(UTC) + self.stage.workspace.clock_shift

    # what people do

    @rule(which=WHICH, parts=st.integers(0, 2), minutes=st.sampled_from([0, 0, 5]))
    def plan(self, which: int, parts: int, minutes: int) -> None:
        number = next(numbers)
        texts = [f"chose {number} partie {part} fin" for part in range(parts + 1)]
        post = self.stage.post(texts[0], self.channels[which % 2], parts=tuple(texts[1:]))
        assert post.current is not None
        delivery = planning.plan_delivery(
            variant=post.current.variants.select_related("channel", "revision").get(),
            due_at=self._now() + timedelta(minutes=minutes),
            local_at="",
            zone="",
            by=None,
        )
        self.model[delivery.pk] = Planned(delivery, texts)

    @rule(which=WHICH, act=st.sampled_from(["edit", "cancel", "replan", "send_now"]))
    def a_person_changes_her_mind(self, which: int, act: str) -> None:
        """Whatever the state: too late is an answer too."""
        if one := self._one(which, set(DeliveryState)):
            getattr(self, f"_{act}")(one)

    @rule(which=WHICH, act=st.sampled_from(["send_now", "send_now_twice", "look_again", "mark", "cancel"]))
    def a_person_decides(self, which: int, act: str) -> None:
        if one := self._one(which, UNDECIDED):
            getattr(self, f"_{act}")(one)

    @rule(which=WHICH)
    def a_person_takes_it_up_again(self, which: int) -> None:
        if one := self._one(which, {DeliveryState.CANCELLED}):
            planning.take_up_again(one.delivery, by=None)

    @rule(which=WHICH)
    def a_person_takes_it_down(self, which: int) -> None:
        one = self._one(which, {DeliveryState.LIVE, DeliveryState.SENT})
        if one is None or not one.texts or not one.delivery.steps.exists():
            return
        one.delivery.refresh_from_db()
        deletion = plan_deletion(one.delivery, by=None)
        self.model[deletion.pk] = Planned(deletion, [])

    @rule(which=WHICH, switch=st.sampled_from(["pause", "resume", "hold", "release", "mend", "later"]))
    def something_else_changes(self, which: int, switch: str) -> None:
        match switch:
            case "pause":
                channel_services.pause(self.channels[which % 2], by=None)
            case "resume":
                channel_services.resume(self.channels[which % 2], by=None)
            case "hold":
                deciding.hold("restored")
            case "release":
                deciding.release(None)
            case "mend":
                self._mend_channels()
            case _:
                self._time_goes_on(61 if which == 0 else 5)

    def _edit(self, one: Planned) -> None:
        """While planned the new words go out; once queued, the old ones."""
        if not one.texts:
            return
        new = [f"{text} bis" for text in one.texts]
        before = self._state(one)
        save_post(
            workspace=self.stage.workspace,
            author=None,
            shared=Content(text=new[0], parts=tuple(new[1:])),
            wordings=(Wording(one.delivery.channel),),
            post=one.delivery.post,
        )
        if before == DeliveryState.PLANNED:
            one.texts = new

    def _cancel(self, one: Planned) -> None:
        if planning.cancel([one.delivery], by=None):
            one.when_cancelled = Counter(self._everything_ever_public())

    def _replan(self, one: Planned) -> None:
        one.delivery.refresh_from_db()
        local = (self._now() + timedelta(minutes=3)).replace(tzinfo=None)
        move_delivery(one.delivery, slot=Slot(local, "UTC"), by=None)

    def _send_now(self, one: Planned) -> None:
        """Said of what nobody could tell it may make a second copy: that is the person's word. Said
        of anything else it may not."""
        doubtful = self._state(one) == DeliveryState.UNKNOWN
        if deciding.send_now(one.delivery, now=self._now(), by=None) and doubtful:
            one.copies += 1

    def _send_now_twice(self, one: Planned) -> None:
        self._send_now(one)
        assert not deciding.send_now(one.delivery, now=self._now(), by=None)

    def _look_again(self, one: Planned) -> None:
        deciding.look_again(one.delivery, by=None)

    def _mark(self, one: Planned) -> None:
        deciding.mark_as_sent(one.delivery, remote=None, by=None, address="https://example.org/la")

    def _mend_channels(self) -> None:
        ids = [channel.pk for channel in self.channels]
        Channel.objects.filter(pk__in=ids).update(blocked_reason="", version=F("version") + 1)

    def _time_goes_on(self, minutes: int) -> None:
        self.stage.workspace.clock_shift += timedelta(minutes=minutes)
        self.stage.workspace.save(update_fields=["clock_shift"])

    # what workers do

    @rule(which=WHICH)
    def dispatch_and_claim(self, which: int) -> None:
        self.house.dispatch()
        self.house.claim(self._worker(which))

    @rule(which=WHICH)
    def check(self, which: int) -> None:
        self.house.check(self._worker(which))

    @rule(which=WHICH)
    def a_call_goes_well(self, which: int) -> None:
        if self.house.held:
            self._go_on(self.house.held[which % len(self.house.held)], None)

    @rule(which=WHICH, effect=EFFECTS)
    def a_call_goes_badly(self, which: int, effect: Effect) -> None:
        if self.house.held:
            self._go_on(self.house.held[which % len(self.house.held)], effect)

    def _go_on(self, errand: Errand, effect: Effect | None) -> None:
        assert errand.held is not None
        script = self.stage.sim(errand.network).script
        if effect is not None and errand.held.moment == "before":
            script.add(Fault("create", effect))
            script.add(Fault("delete", effect))
        self.house.go_on(errand)
        script.clear()

    @rule(which=WHICH, dead=st.booleans())
    def a_worker_dies_or_sleeps(self, which: int, dead: bool) -> None:
        """With a call in hand: killed, or suspended past its deadline and waking up later."""
        if not self.house.held:
            return
        worker = self.house.held[which % len(self.house.held)].worker
        if dead or not worker.context.standing.locked:
            self.house.kill(worker)
        else:
            self.house.suspend(worker)
        if len(self._standing()) < 2:
            self.house.hire()

    def _standing(self) -> list[MachineWorker]:
        return [worker for worker in self.house.workers if worker.context.standing.locked]

    def _worker(self, which: int) -> MachineWorker:
        standing = self._standing()
        return standing[which % len(standing)]

    # choosing

    def _one(self, which: int, wanted: set[DeliveryState]) -> Planned | None:
        some = [self.model[pk] for pk, state in sorted(self.states.items()) if state in wanted]
        return some[which % len(some)] if some else None

    # what must hold

    def _state(self, one: Planned) -> str:
        return str(Delivery.objects.values_list("state", flat=True).get(pk=one.delivery.pk))

    @invariant()
    def at_most_one_attempt_holds_a_step(self) -> None:
        holding = Count("attempts", filter=Q(attempts__state__in=sorted(HOLDING)))
        assert not Step.objects.filter(delivery__in=self.model).annotate(n=holding).filter(n__gt=1).exists()

    @invariant()
    def at_most_one_delivery_of_a_channel_is_being_sent(self) -> None:
        sending = Delivery.objects.filter(pk__in=self.model, state="sending").values_list(
            "channel", flat=True
        )
        assert max(Counter(sending).values(), default=0) <= 1

    @invariant()
    def every_change_is_an_edge_and_stands_in_the_journal(self) -> None:
        rows = Entry.objects.filter(
            subject_kind="delivery", subject_id__in=self.model, id__gt=self.read_up_to
        ).order_by("id")
        for entry in rows:
            self.read_up_to = entry.pk
            kind, _, state = entry.verb.partition(".")
            if kind == "attempt":
                follow(
                    ATTEMPT, self.tries, entry.params["attempt"], entry.params["from"], AttemptState(state)
                )
            elif state in set(DeliveryState):
                follow(DELIVERY, self.told, entry.subject_id or 0, entry.params["from"], DeliveryState(state))
        self.states = self._states()
        assert {pk: self.told.get(pk, "planned") for pk in self.model} == self.states
        attempts = dict(Attempt.objects.filter(delivery__in=self.model).values_list("pk", "state"))
        assert {pk: self.tries.get(pk, "prepared") for pk in attempts} == attempts

    @invariant()
    def no_call_leaves_before_its_row_says_sending(self) -> None:
        assert self.house.called_without_a_row == []

    @invariant()
    def nobody_sees_a_copy_too_many(self) -> None:
        """Counted on the simulated networks, removed things included."""
        copies = Counter(self._everything_ever_public())
        for one in self.model.values():
            for text in one.texts:
                assert copies[text] <= one.copies, (text, copies[text])
                if self._state(one) == DeliveryState.CANCELLED:
                    assert copies[text] <= one.when_cancelled[text], (
                        f"{text} went out after it was called off"
                    )

    def _everything_ever_public(self) -> Iterable[str]:
        for sim in self.stage.sims.values():
            for post in self.house.run(sim.network.truth()):
                if not post.draft:
                    yield post.text

    def teardown(self) -> None:
        """Whatever happened, in the end nothing is left lying about, and what is `live` is there."""
        try:
            if self.channels:
                self._come_to_rest()
        finally:
            # The next run has the same tables, and is not to be kept busy by this one's.
            Delivery.objects.filter(pk__in=self.model).update(next_at=None)
            self.house.close()

    def _come_to_rest(self) -> None:
        deciding.release(None)
        self._mend_channels()
        for channel in self.channels:
            channel_services.resume(channel, by=None)
        for _round in range(60):
            self._time_goes_on(2)
            self.dispatch_and_claim(0)
            self.check(0)
            while awake := [one for one in self.house.held if one.worker.context.standing.locked]:
                self._go_on(awake[0], None)
            if self._all_at_rest():
                break
        while self.house.held:  # those that were suspended wake up when all is done without them
            self._go_on(self.house.held[0], None)
        self.nobody_sees_a_copy_too_many()
        self.every_change_is_an_edge_and_stands_in_the_journal()
        assert self._all_at_rest(), list(
            Delivery.objects.filter(pk__in=self.model)
            .exclude(state__in=AT_REST)
            .values("pk", "state", "reason", "note", "next_at", "token", "channel__blocked_reason")
        )
        public = set(self._everything_ever_public())
        for one in self.model.values():
            if self._state(one) == DeliveryState.LIVE:
                assert set(one.texts) <= public

    def _states(self) -> dict[int, str]:
        return dict(Delivery.objects.filter(pk__in=self.model).values_list("pk", "state"))

    def _all_at_rest(self) -> bool:
        return set(self._states().values()) <= {state.value for state in AT_REST}


@pytest.mark.parametrize("runs", [4, pytest.param(30, marks=pytest.mark.thorough)])
def test_whatever_happens_in_whatever_order_the_promises_hold(
    stage: PublishStage, runs: int, monkeypatch: pytest.MonkeyPatch
):
    # Nothing has time to settle here, so that no network may take any to show what it has.
    monkeypatch.setattr(sandbox_updates, "GATHERS", timedelta(0))
    Lifecycle.stage = stage
    run_state_machine_as_test(
        Lifecycle,
        settings=settings(
            max_examples=runs,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
