"""Planned posts with a picture to which somebody no longer agrees when they go out: told before their hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tesselle.library.models import Consent, ConsentOnAsset
from tesselle.library.usage import planned_with
from tesselle.workspaces.models import Workspace

AT_MOST = 50
"""So many pictures are looked for among what is planned."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A post that will be refused, and who does not agree."""

    who: str
    name: str
    url: str
    due_at: datetime


def ending_consents() -> QuerySet[Consent]:
    """Those that hold no longer, or not for ever."""
    return Consent.objects.filter(Q(withdrawn_at__isnull=False) | Q(until__isnull=False))


def refusals_to_come(workspace: Workspace) -> list[Refusal]:
    """The earliest first; one for each post."""
    ended = _ended(workspace)
    found = []
    for one in planned_with(workspace, list(ended)):
        day = one.due_at.astimezone(workspace.tz).date()
        who = next((who for name in sorted(one.files) for who in _who(ended[name], day)), None)
        if who is not None:
            found.append(Refusal(who, one.name, one.url, one.due_at))
    return found


Ended = list[tuple[str, date | None]]
"""Who, and the last day that was agreed to; None: it is withdrawn."""


def _ended(workspace: Workspace) -> Mapping[str, Ended]:
    links = ConsentOnAsset.objects.filter(consent__in=ending_consents().filter(workspace=workspace))
    rows = links.order_by("-consent__withdrawn_at", "pk").values_list(
        "asset__file", "consent__who", "consent__until", "consent__withdrawn_at"
    )
    found: dict[str, Ended] = {}
    for name, who, until, withdrawn_at in rows[:AT_MOST]:
        found.setdefault(name, []).append((who, None if withdrawn_at else until))
    return found


def _who(ended: Ended, day: date) -> list[str]:
    return [who for who, until in ended if until is None or until < day]
