"""The end: what is on the simulated networks, whatever our own rows say."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tesselle.ops.chaos.expected import best_kind
from tesselle.ops.chaos.sandbox_client import SandboxClient
from tesselle.ops.chaos.scenarios import ACTS, SECOND
from tesselle.ops.chaos.stage import Actor
from tesselle.ops.chaos.unfinished import FINAL

LATE_SECONDS = 120.0


@dataclass(slots=True)
class Report:
    scenarios: int = 0
    deliveries: int = 0
    lost: int = 0
    doubled: int = 0
    unfinished: int = 0
    unfinished_because: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: int = 0
    unknown_expected: int = 0
    by_fault: dict[str, dict[str, int]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def to_json(self, *, time_scale: float, seconds: float) -> dict[str, Any]:
        values: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        return {**values, "time_scale": time_scale, "seconds": round(seconds, 1)}


class Truth:
    """Live texts of each account, as the networks' own databases have them."""

    def __init__(self, sandboxes: SandboxClient, networks: set[str]) -> None:
        give_up = time.monotonic() + LATE_SECONDS
        while sandboxes.late_work() and time.monotonic() < give_up:
            time.sleep(0.1)
        self._posts = {
            network: [post for post in sandboxes.truth(network) if not post["removed"] and not post["draft"]]
            for network in networks
        }

    def copies(self, network: str, text: str) -> int:
        return sum(text in post["text"] for post in self._posts[network])

    def copies_to(self, network: str, text: str, reader: str) -> int:
        return sum(text in post["text"] and post["data"]["to"] == reader for post in self._posts[network])


def count(actors: Sequence[Actor], sandboxes: SandboxClient) -> Report:
    report = Report(scenarios=len(actors))
    truth = Truth(sandboxes, {actor.scenario.network for actor in actors})
    fired = sandboxes.fired()
    for actor in actors:
        report.deliveries += 2 if actor.subject_id else 1
        _judge(actor, truth, report)
        _count_fault(actor, fired, report)
    return report


def _judge(actor: Actor, truth: Truth, report: Report) -> None:
    scenario = actor.scenario
    copies = _copies(actor, truth)
    problems = []
    if actor.state not in FINAL:
        report.unfinished += 1
        problems.append("unfinished")
        if actor.why is not None:
            report.unfinished_because[scenario.name] = actor.why.to_json()
            problems[-1] += f" because {actor.why.code}: {actor.why.words}"
    elif actor.state not in scenario.final:
        problems.append(f"expected {' or '.join(sorted(scenario.final))}")
    most = max(copies.values())
    if most > 1:
        report.doubled += 1
        problems.append("doubled")
    if scenario.allowed and _missing(copies) > _may_be_missing(actor):
        report.lost += 1
        problems.append("lost")
    if not scenario.allowed and (any(copies.values()) if actor.readers else copies[scenario.marker]):
        problems.append("there although the network refused it")
    report.unknown += actor.state == "unknown"
    report.unknown_expected += scenario.expects_unknown
    if problems:
        report.failures.append(f"{scenario.name}: {', '.join(problems)} (state {actor.state}, {copies})")


def _missing(copies: dict[str, int]) -> int:
    return sum(count < 1 for count in copies.values())


def _may_be_missing(actor: Actor) -> int:
    """Where nobody can tell, what was in doubt: all of it, or of several readers the one who was hit. What is
    seen, but could be somebody's own, is there."""
    scenario = actor.scenario
    if not scenario.expects_unknown or best_kind(scenario.network, scenario.profile, scenario.step) != "none":
        return 0
    return 1 if actor.readers else len(actor.subject_texts) + 1


def _copies(actor: Actor, truth: Truth) -> dict[str, int]:
    """How often each of the scenario's things is there; for what is to be gone, 1 means gone."""
    scenario = actor.scenario
    if actor.readers:
        return {
            f"{scenario.marker} to {reader}": truth.copies_to(scenario.network, scenario.marker, reader)
            for reader in actor.readers
        }
    if scenario.step in ACTS:
        gone = {f"no {text}": 1 - truth.copies(scenario.network, text) for text in actor.subject_texts}
        there = actor.new_texts if scenario.step == "edit" else ()
        return {**gone, **{text: truth.copies(scenario.network, text) for text in there}}
    texts = [scenario.marker]
    if scenario.step in {*SECOND, "answer"}:
        texts.append(actor.subject_text)
    return {text: truth.copies(scenario.network, text) for text in texts}


def _count_fault(actor: Actor, fired: dict[str, int], report: Report) -> None:
    scenario = actor.scenario
    counts = Counter(
        {index: fired.get(f"{scenario.number}:{index}", 0) for index, _ in enumerate(scenario.faults)}
    )
    really = all(counts[index] for index, _ in enumerate(scenario.faults))
    if scenario.event:
        really = really and actor.event_fired
    entry = report.by_fault.setdefault(scenario.fault, {"scenarios": 0, "fired": 0})
    entry["scenarios"] += 1
    entry["fired"] += really
    if not really:
        report.failures.append(f"{scenario.name}: its fault did not fire (state {actor.state})")
