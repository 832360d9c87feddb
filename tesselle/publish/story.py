"""What happened to a delivery, in order: planned, each attempt, each look, each change."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.domain.lifecycle import DeliveryState
from tesselle.journal.models import Entry
from tesselle.ledger.models import Attempt, Delivery, Look
from tesselle.publish import words
from tesselle.web.kept_query import SOME_ID, KeptQuery

PLANNED = "delivery.planned_for"
_TOLD_BY_ATTEMPTS = frozenset({DeliveryState.SENDING.value})


@dataclass(frozen=True, slots=True)
class Event:
    """`at`: on the workspace's clock. `really`: the real instant, where that is another."""

    at: datetime
    tone: str
    title: str
    text: str = ""
    evidence: str = ""
    url: str = ""
    really: datetime | None = None


def story(delivery: Delivery, attempts: Iterable[Attempt], several_steps: bool) -> list[Event]:
    """Oldest first. `attempts` with their looks and who gave them up."""
    entries = _entries.records({SOME_ID: delivery.pk})
    events = [_planned(delivery, entries)]
    for attempt in attempts:
        events.append(_attempt(attempt, several_steps))
        events.extend(_look(look) for look in attempt.looks.all())
        events.extend(_late(attempt))
    events.extend(event for entry in entries if (event := _change(entry)) is not None)
    return sorted(events, key=lambda event: event.at)


_entries = KeptQuery(
    lambda: Entry.objects.filter(
        subject_kind="delivery", subject_id=SOME_ID, verb__startswith="delivery."
    ).order_by("id")[:200]
)


def _planned(delivery: Delivery, entries: Iterable[Entry]) -> Event:
    """A practice workspace gives its journal the times of its own clock; the row itself keeps the real one."""
    by = delivery.created_by
    text = _("By %(name)s.") % {"name": by} if by else ""
    at = next((entry.at for entry in entries if entry.verb == PLANNED), delivery.created_at)
    is_apart = delivery.workspace.is_practice and abs(at - delivery.created_at) >= timedelta(minutes=1)
    really = delivery.created_at if is_apart else None
    return Event(at, "info", pgettext("change", "Planned"), text, really=really)


def _attempt(attempt: Attempt, several_steps: bool) -> Event:
    title, tone = words.ATTEMPTS[attempt.state]
    name = _("Attempt %(number)s: %(what)s") % {"number": attempt.number, "what": title}
    if several_steps:
        name = _("Part %(part)s, attempt %(number)s: %(what)s") % {
            "part": attempt.step.position + 1,
            "number": attempt.number,
            "what": title,
        }
    at = attempt.ended_at or attempt.began_at or attempt.prepared_at
    return Event(at, tone, name, _why(attempt), evidence_text(attempt.evidence))


def _why(attempt: Attempt) -> str:
    if attempt.given_up_by is not None:
        return _("Decided by %(name)s.") % {"name": attempt.given_up_by}
    kind, _colon, code = attempt.verdict.partition(":")
    if kind == "blocked":
        return str(words.BLOCKS.get(code, ""))
    return str(words.VERDICTS.get(attempt.verdict, ""))


def _look(look: Look) -> Event:
    title, tone = words.LOOKS[look.outcome]
    evidence = {key: value for key, value in look.evidence.items() if key != "candidates"}
    return Event(look.at, tone, str(title), str(words.HOW.get(look.how, "")), evidence_text(evidence))


def _late(attempt: Attempt) -> Iterator[Event]:
    """An answer that came when the attempt was settled already."""
    late = attempt.evidence.get("late") or attempt.evidence.get("late_given_up")
    at = parse_datetime(str((late or {}).get("at", "")))
    if late is None or at is None or not late.get("remote"):
        return
    yield Event(
        at,
        "attention",
        _("Attempt %(number)s was answered after all: the network said yes") % {"number": attempt.number},
        url=url if (url := str(late["remote"].get("url", ""))).startswith(("https://", "http://")) else "",
    )


def _change(entry: Entry) -> Event | None:
    state = entry.verb.removeprefix("delivery.")
    if state in _TOLD_BY_ATTEMPTS or state not in words.CHANGES:
        return None
    title, tone = words.CHANGES[state]
    by = _("By %(name)s.") % {"name": entry.actor_name} if entry.actor_name else ""
    reason = str(entry.params.get("reason", ""))
    text = " ".join(part for part in (by, str(words.BLOCKS.get(reason, ""))) if part)
    return Event(entry.at, tone, str(title), text)


def evidence_text(evidence: Mapping[str, Any]) -> str:
    """The raw answer as it was seen; empty when there is none."""
    if not evidence:
        return ""
    lines = []
    rest = dict(evidence)
    if "status" in rest:
        lines.append(_("Answer %(status)s") % {"status": rest.pop("status")})
    answer = rest.pop("answer", "")
    if rest:
        lines.append(json.dumps(rest, ensure_ascii=False, indent=2, sort_keys=True))
    if answer:
        lines.append(_pretty(str(answer)))
    return "\n".join(lines)


def _pretty(answer: str) -> str:
    try:
        return json.dumps(json.loads(answer), ensure_ascii=False, indent=2)
    except ValueError:
        return answer
