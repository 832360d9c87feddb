"""What the composer's buttons did, so that each can be undone and done again.

The form itself carries the drafts as they were, so undoing works without script, after a reload of the
page, and on another process. Typing is the browser's own to undo.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from tesselle.compose.draft import Draft
from tesselle.compose.kept import draft_from_json, draft_to_json

MOST_STEPS = 10
MOST_SIGNS = 300_000
"""What the form carries at most; the oldest steps are let go first."""


@dataclass(frozen=True, slots=True)
class Step:
    """`what` was done, as a sentence of the page; `draft` is how it was before (or after, to do it again)."""

    what: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class History:
    """`past` and `future`, the newest last."""

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()

    def done(self, what: str, before: Draft) -> "History":
        """After a change: nothing that was undone can be done again."""
        return History((*self.past, Step(what, before))[-MOST_STEPS:])

    def undo(self, now: Draft) -> tuple[Draft, "History"]:
        if not self.past:
            return now, self
        step = self.past[-1]
        return _with_revision(step.draft, now), History(
            self.past[:-1], (*self.future, Step(step.what, now))[-MOST_STEPS:]
        )

    def redo(self, now: Draft) -> tuple[Draft, "History"]:
        if not self.future:
            return now, self
        step = self.future[-1]
        return _with_revision(step.draft, now), History(
            (*self.past, Step(step.what, now))[-MOST_STEPS:], self.future[:-1]
        )

    @property
    def last(self) -> str:
        return self.past[-1].what if self.past else ""

    @property
    def next(self) -> str:
        return self.future[-1].what if self.future else ""

    def to_text(self) -> str:
        """For a hidden field; empty when there is nothing to undo."""
        past, future = list(self.past), list(self.future)
        while past or future:
            text = json.dumps({"past": _steps(past), "future": _steps(future)}, ensure_ascii=False)
            if len(text) <= MOST_SIGNS:
                return text
            del (past or future)[0]
        return ""


def read_history(data: QueryDict) -> History:
    """From the form; nonsense is no history."""
    try:
        values = json.loads(data.get("history", "") or "{}")
    except ValueError:
        return History()
    if not isinstance(values, dict):
        return History()
    return History(_read(values.get("past")), _read(values.get("future")))


def _with_revision(draft: Draft, now: Draft) -> Draft:
    """Undoing brings words back, not the moment at which somebody else had not saved yet."""
    return replace(draft, based_on=now.based_on)


def _steps(steps: list[Step]) -> list[dict[str, Any]]:
    return [{"what": step.what, "draft": draft_to_json(step.draft)} for step in steps]


def _read(values: object) -> tuple[Step, ...]:
    given = values if isinstance(values, list) else []
    steps = [one for one in given if isinstance(one, dict)][-MOST_STEPS:]
    return tuple(Step(str(one.get("what", "")), draft_from_json(one.get("draft"))) for one in steps)
