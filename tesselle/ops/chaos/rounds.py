"""Rounds: some scenarios at once, what happens to the processes meanwhile, and the end awaited."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

from tesselle.ops.chaos.expected import best_kind
from tesselle.ops.chaos.house import House
from tesselle.ops.chaos.scenarios import ACTS, SECOND, SETTLING_MOMENTS, Scenario, irreversible_call
from tesselle.ops.chaos.stage import Actor, Stage
from tesselle.ops.chaos.unfinished import FINAL, Crew, why

AT_ONCE = 40
REACH_SECONDS = 120.0
JUMP = timedelta(minutes=30)
"""Less than any freshness, so that nothing is rightly missed."""


def rounds_of(scenarios: Sequence[Scenario]) -> list[list[Scenario]]:
    """Where only the network misbehaves, many at once; else those of one event together. A channel
    that cannot be asked afterwards meets its event alone, so that it is sure what is hit; and so does a
    thread, since beside another its second part may be out before that one's first, and a clock that jumps, since
    the first of many is through with its fault when the last one meets its own."""
    groups: dict[str, list[Scenario]] = {}
    for one in scenarios:
        key = one.event
        if any(met.any_account for met in one.faults):
            key = f"any account:{one.network}"
        elif one.event.partition(":")[2] in SETTLING_MOMENTS:
            # Those that settle at the same pace, so that none is done when the first is hit.
            key = f"{one.event}, {best_kind(one.network, one.profile, one.step)}"
        elif (
            one.event.startswith("clock:")
            or _meets_second_part(one)
            or (one.event and best_kind(one.network, one.profile, one.step) == "none")
        ):
            key = one.name
        groups.setdefault(key, []).append(one)
    return [
        some[start : start + AT_ONCE] for some in groups.values() for start in range(0, len(some), AT_ONCE)
    ]


def _meets_second_part(scenario: Scenario) -> bool:
    """Whether a process is to meet its end at the second step of a post."""
    kind, _, moment = scenario.event.partition(":")
    is_met = kind in {"kill", "stop"} and not moment.startswith("held")
    return is_met and scenario.step in SECOND and not scenario.faults


class Director:
    """Plays rounds. `patience`: how long deliveries of a round may take to come to rest."""

    def __init__(self, house: House, stage: Stage, *, patience: float) -> None:
        self._house = house
        self._stage = stage
        self._workers = house.workers
        self._patience = patience

    def play(self, actors: list[Actor]) -> None:
        self._play(actors)
        crew = Crew(self._workers.running(), self._workers.ended())
        for actor in actors:
            actor.why = None if actor.state in FINAL else why(actor.delivery_id, crew)

    def _play(self, actors: list[Actor]) -> None:
        self._subjects(actors)
        for actor in actors:
            self._stage.arm(actor)
        event, _, detail = actors[0].scenario.event.partition(":")
        match event:
            case "kill" if detail.startswith("held"):
                self._kill_held(actors, detail)
            case "kill":
                self._kill_at(actors, detail)
            case "stop":
                self._stop_at(actors, detail)
            case "cut":
                self._cut(actors, detail)
            case "clock":
                self._jump(actors, JUMP if detail == "forward" else -JUMP)
            case _:
                self._workers.ensure("A", "B")
                self._wait(lambda: self._begun("A") and self._begun("B"), REACH_SECONDS)
                self._plan(actors)
                self._mark(actors, fired=event == "race" and self._alive("A") and self._alive("B"))
                self._rest(actors)

    # the parts of a round

    def _subjects(self, actors: list[Actor]) -> None:
        """What is to be answered or deleted goes out first, in peace."""
        acting = [actor for actor in actors if actor.scenario.step in {"answer", *ACTS}]
        if not acting:
            return
        self._workers.ensure("A", "B")
        for actor in acting:
            self._stage.plan_subject(actor)
        ids = [actor.subject_id for actor in acting]
        self._wait(lambda: set(self._stage.states(ids).values()) <= FINAL, self._patience)

    def _plan(self, actors: Iterable[Actor]) -> None:
        for actor in actors:
            self._stage.plan(actor)

    def _alone(self, actors: list[Actor], failpoint: str = "") -> subprocess.Popen[bytes]:
        """Worker A, and nobody beside it; returns when it was started with everything planned."""
        self._workers.stop_all()
        self._plan(actors)
        return self._workers.start("A", failpoint=failpoint)

    def _kill_at(self, actors: list[Actor], moment: str) -> None:
        first = self._alone(actors, f"{moment}:KILL:{self._count(actors, moment)}")
        self._wait(lambda: first.poll() is not None, REACH_SECONDS)
        self._mark(actors, fired=first.poll() == -signal.SIGKILL)
        self._workers.ensure("A", "B")
        self._rest(actors)

    def _stop_at(self, actors: list[Actor], moment: str) -> None:
        """A suspended past its deadline, B takes over; then A goes on as if nothing had been."""
        first = self._alone(actors, f"{moment}:STOP:{self._count(actors, moment)}")
        self._wait(lambda: _is_stopped(first.pid), REACH_SECONDS)
        self._mark(actors, fired=_is_stopped(first.pid))
        before = self._stage.workers_of(first.pid)
        self._workers.ensure("B")
        self._rest(actors)
        self._workers.resume("A")
        # It notices that its lock is gone and takes on a new identity; then it is done with the old.
        self._wait(lambda: self._stage.workers_of(first.pid) > before, REACH_SECONDS)
        self._rest(actors, until=lambda actor: actor.state in actor.scenario.final)

    def _kill_held(self, actors: list[Actor], detail: str) -> None:
        holds = [self._hold(actor, "after" if detail == "held_after" else "before") for actor in actors]
        self._alone(actors)
        self._await_holds(actors, holds)
        self._workers.kill("A")
        self._release(actors, holds, drop=detail == "held_dropped")
        self._workers.ensure("A", "B")
        self._rest(actors)

    def _cut(self, actors: list[Actor], detail: str) -> None:
        """The database goes while the network has answered and nobody wrote it down yet."""
        holds = [self._hold(actor, "after") for actor in actors]
        self._workers.ensure("A", "B")
        self._plan(actors)
        self._await_holds(actors, holds)
        if detail == "sessions_ended":
            self._stage.end_worker_sessions()
            self._release(actors, holds)
        else:
            connection.close()
            self._house.kill_database(meanwhile=lambda: self._release(actors, holds))
        self._rest(actors)

    def _jump(self, actors: list[Actor], by: timedelta) -> None:
        """The clock is set when every fault of the round has struck, and set right again at the end."""
        self._workers.ensure("A", "B")
        self._plan(actors)
        names = {
            f"{one.scenario.number}:{met}" for one in actors for met, _ in enumerate(one.scenario.faults)
        }
        self._wait(lambda: names <= self._stage.sandboxes.fired().keys(), REACH_SECONDS)
        self._mark(actors, fired=True)
        self._stage.clock.set(by)
        self._rest(actors)
        self._stage.clock.set(timedelta(0))

    # holds

    def _hold(self, actor: Actor, moment: str) -> str:
        scenario = actor.scenario
        operation, skip = irreversible_call(scenario.network, scenario.profile, scenario.step)
        wanted = {
            "network": scenario.network,
            "operation": operation,
            "moment": moment,
            "account": actor.account,
            "skip": skip,
        }
        return str(self._stage.sandboxes.ask("POST", "holds", wanted)["id"])

    def _await_holds(self, actors: list[Actor], holds: list[str]) -> None:
        for actor, hold in zip(actors, holds, strict=True):
            answer = self._stage.sandboxes.ask(
                "GET", f"holds/{hold}", network=actor.scenario.network, seconds=REACH_SECONDS
            )
            actor.event_fired = answer["reached"]

    def _release(self, actors: list[Actor], holds: list[str], *, drop: bool = False) -> None:
        for actor, hold in zip(actors, holds, strict=True):
            self._stage.sandboxes.ask(
                "DELETE", f"holds/{hold}", network=actor.scenario.network, drop=int(drop)
            )

    # waiting

    def _count(self, actors: list[Actor], moment: str) -> int:
        """The how-manyth passage of a failpoint: the first, when nobody is done yet; that of a thread
        alone is its second part's."""
        return 2 if _meets_second_part(actors[0].scenario) and moment != "before_advance" else 1

    def _mark(self, actors: list[Actor], *, fired: bool) -> None:
        """An event that comes when a delivery is done did not happen to it."""
        states = self._stage.states(actor.delivery_id for actor in actors)
        race = actors[0].scenario.event.startswith("race")
        for actor in actors:
            actor.event_fired = fired and (race or states[actor.delivery_id] not in FINAL)

    def _begun(self, name: str) -> bool:
        """At work; or ended, and nothing to wait for."""
        return self._alive(name) or not self._workers.is_running(name)

    def _alive(self, name: str) -> bool:
        pid = self._workers.pid(name)
        return pid is not None and self._stage.workers_of(pid) > 0

    def _rest(
        self, actors: list[Actor], until: Callable[[Actor], bool] = lambda actor: actor.state in FINAL
    ) -> None:
        """Until every delivery of the round has come to rest."""
        ids = {actor.delivery_id: actor for actor in actors}

        def at_rest() -> bool:
            for delivery_id, state in self._stage.states(ids).items():
                actor = ids[delivery_id]
                actor.state = state
                if state == "blocked" and "expired" in actor.scenario.fault and not actor.reconnected:
                    self._stage.reconnect(actor)
            return all(until(actor) for actor in actors)

        self._wait(at_rest, self._patience)

    def _wait(self, done: Callable[[], bool], seconds: float) -> bool:
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            try:
                if done():
                    return True
            except (OperationalError, InterfaceError):
                connection.close()
            time.sleep(0.1)
        return False


def _is_stopped(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
    except OSError:
        return False
