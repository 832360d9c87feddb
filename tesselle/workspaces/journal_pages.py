"""What the journal's page shows: who, what, when, each entry with its subject's name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.journal.models import Entry
from tesselle.journal.words import sentence_of, subjects
from tesselle.web.page_clock import APART, Clock
from tesselle.web.sentences import say
from tesselle.workspaces.models import Role

ITSELF = "Tesselle"
BY_OWN_CLOCK = "delivery"
"""What happens to deliveries is given the times of a practice clock as it is moved; all else keeps real ones."""


@dataclass(frozen=True, slots=True)
class Line:
    """`at`: by the workspace's clock. `really`: the real instant, where that is another and known."""

    at: datetime
    really: datetime | None
    who: str
    actor_id: int | None
    what: str
    kind: str
    kind_word: str
    subject_id: int | None
    subject: str
    url: str


def lines(entries: Iterable[Entry], clock: Clock) -> list[Line]:
    """One query for each kind of subject, however many entries there are. `clock`: whose journal it is."""
    rows = list(entries)
    names = _names(rows)
    return [_line(row, names, clock) for row in rows]


def _names(rows: list[Entry]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.subject_id is not None:
            wanted[row.subject_kind].add(row.subject_id)
    return {
        (kind, pk): name
        for kind, ids in wanted.items()
        if (subject := subjects().get(kind)) is not None and subject.names is not None
        for pk, name in subject.names(ids).items()
    }


def _line(row: Entry, names: dict[tuple[str, int], str], clock: Clock) -> Line:
    subject = subjects().get(row.subject_kind)
    name = names.get((row.subject_kind, row.subject_id or 0), "")
    has_page = bool(name and subject and subject.address)
    at = row.at if row.subject_kind == BY_OWN_CLOCK else clock.own(row.at)
    return Line(
        at=at,
        really=row.at if abs(at - row.at) >= APART else None,
        who=row.actor_name or (ITSELF if row.actor_id is None else _("somebody who is no longer here")),
        actor_id=row.actor_id,
        what=_what(row),
        kind=row.subject_kind,
        kind_word=say(subject.word) if subject else row.subject_kind,
        subject_id=row.subject_id,
        subject=name,
        url=reverse(subject.address, args=[row.subject_id]) if subject and has_page else "",
    )


def _what(row: Entry) -> str:
    message = sentence_of(row)
    params: dict[str, Any] = {key: _in_words(key, value) for key, value in message.params.items()}
    return say({"sentence": message.sentence, "params": params})


def _in_words(key: str, value: Any) -> Any:
    if key in ("role", "before") and value in Role.values:
        return Role(value).label
    if key == "factor":
        return {
            "totp": pgettext("second factor", "authenticator app"),
            "webauthn": pgettext("second factor", "passkey"),
            "recovery_codes": pgettext("second factor", "recovery codes"),
        }.get(value, value)
    return value
