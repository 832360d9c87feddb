"""Why a delivery did not come to rest: read from its rows and from the processes, when its round is given up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import connection

from tesselle.domain.messages import Message
from tesselle.ledger.models import Attempt, Delivery, Look, Step, Worker

FINAL = frozenset({"live", "sent", "unknown", "refused", "partial", "missed", "cancelled", "removed"})
"""States in which a delivery has come to rest."""


@dataclass(frozen=True, slots=True)
class Why:
    """`code`: one word, to be counted by; `words`: for whoever looks for the cause, in English like a log."""

    state: str
    code: str
    words: str

    def to_json(self) -> dict[str, str]:
        return {"state": self.state, "code": self.code, "words": self.words}


@dataclass(frozen=True, slots=True)
class Crew:
    """The worker processes at that moment: process ids of those that run, by name, and how others ended."""

    running: Mapping[str, int]
    ended: Mapping[str, str]


def why(delivery_id: int, crew: Crew) -> Why:
    delivery = Delivery.objects.select_related("subject").get(pk=delivery_id)
    by_state = _by_state(delivery)
    code, words = (None if delivery.state in FINAL else _nobody_works(crew)) or by_state
    how_they_ended = [f"worker {name} {end}" for name, end in sorted(crew.ended.items())]
    return Why(delivery.state, code, "; ".join([words, *how_they_ended]))


def _nobody_works(crew: Crew) -> tuple[str, str] | None:
    if not crew.running:
        return "no_worker", "no worker process runs"
    known = Worker.objects.filter(pid__in=crew.running.values(), ended_at=None)
    if not known.exists():
        return "starting", f"no worker has come as far as its first round: {', '.join(sorted(crew.running))}"
    return None


def _by_state(delivery: Delivery) -> tuple[str, str]:
    if delivery.state in FINAL:
        return "late", "it came to rest just after it was given up"
    subject = delivery.subject
    if subject is not None and subject.state not in FINAL:
        return "subject", f"what it is about is still {subject.state}"
    told = {
        "planned": _planned,
        "queued": _queued,
        "sending": _sending,
        "waiting": _waiting,
        "settling": _settling,
        "processing": _processing,
        "blocked": _blocked,
    }
    by_state: Callable[[Delivery], tuple[str, str]] = told[delivery.state]
    return by_state(delivery)


def _planned(delivery: Delivery) -> tuple[str, str]:
    return "planned", f"its hour has not come, or nobody has put it into the queue; {_next(delivery)}"


def _queued(delivery: Delivery) -> tuple[str, str]:
    before = Delivery.objects.filter(channel=delivery.channel_id, state__in=["sending", "settling"])
    first = before.exclude(pk=delivery.pk).first()
    if first is not None:
        return "behind", f"queued behind delivery {first.pk} of its channel, which is {first.state}"
    return "queued", f"queued, and no worker has taken it up; {_next(delivery)}"


def _sending(delivery: Delivery) -> tuple[str, str]:
    """A worker has it in hand: how far it came."""
    holder = Worker.objects.filter(pk=delivery.worker_id or 0, ended_at=None).first()
    hand = (
        f"in the hands of worker process {holder.pid}"
        if holder
        else "in the hands of a worker that has ended"
    )
    attempt = Attempt.objects.filter(delivery=delivery).select_related("step").last()
    if attempt is None:
        return "dressing", f"its files are being made ready, no step begun, {hand}"
    step = f"step {attempt.step.position + 1} ({attempt.step.kind})"
    match attempt.state:
        case "prepared":
            seconds = _ago(attempt.pk, "prepared_at")
            return (
                "preparing",
                f"{step} is still being prepared (uploads, a film being worked on), for {seconds} s, {hand}",
            )
        case "sending":
            return (
                "calling",
                f"the call of {step} is on its way, for {_ago(attempt.pk, 'started_at')} s, {hand}",
            )
    return "between", f"{step} is {attempt.state} ({attempt.verdict}), the next not begun, {hand}"


def _waiting(delivery: Delivery) -> tuple[str, str]:
    code = "film" if delivery.reason == "media" else "waiting"
    return code, f"waits ({delivery.reason}): {_note(delivery)}; {_next(delivery)}"


def _settling(delivery: Delivery) -> tuple[str, str]:
    looks = list(Look.objects.filter(attempt__delivery=delivery).values_list("outcome", flat=True))
    step = Step.objects.filter(delivery=delivery, attempts__state="ambiguous").first()
    what = f"step {step.position + 1} ({step.kind})" if step else "no step"
    counted = ", ".join(f"{looks.count(one)} {one}" for one in dict.fromkeys(looks)) or "none"
    return "settling", f"{what} is in doubt, looks so far: {counted}; {_next(delivery)}"


def _processing(delivery: Delivery) -> tuple[str, str]:
    return "reading_back", f"accepted by the network and not yet read back there; {_next(delivery)}"


def _blocked(delivery: Delivery) -> tuple[str, str]:
    return "blocked", f"blocked ({delivery.reason}): {_note(delivery)}"


def _note(delivery: Delivery) -> str:
    note = delivery.note or {}
    return str(Message(str(note.get("sentence", "")), note.get("params") or {}))


def _next(delivery: Delivery) -> str:
    """By the database's clock, which chaos may have moved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM next_at - now())::float8 FROM ledger_delivery WHERE id = %s",
            [delivery.pk],
        )
        (seconds,) = cursor.fetchone() or (None,)
    if seconds is None:
        return "nothing is to be done with it at any hour"
    return f"due in {seconds:.1f} s" if seconds > 0 else f"overdue by {-seconds:.1f} s"


def _ago(attempt: int, column: str) -> str:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(column)
        cursor.execute(
            f"SELECT extract(epoch FROM now() - {name})::float8 FROM ledger_attempt WHERE id = %s",  # noqa: S608
            [attempt],
        )
        (seconds,) = cursor.fetchone() or (0.0,)
    return f"{seconds or 0.0:.0f}"
