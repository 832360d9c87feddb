"""Moving posts in the calendar, as its own form does it: to another day, answered with the calendar drawn anew."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tesselle.ops.bench.visits import Answer, PageFailedError

_FORM = re.compile(r'<form id="calendar-move".*?</form>', re.DOTALL)
_ACTION = re.compile(r'hx-post="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|back)" value="([^"]*)">')
_MOVABLE = re.compile(r'data-movable="([0-9,]+)"')
_OPEN_DAY = re.compile(r'data-day="([0-9-]{10})" data-open')
_DONE = "move-back"
"""The address that takes a move back comes with no other answer."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What a browser holds of a calendar's page. `posts`: what stands together goes together.
    `days`: open ones, but today: an hour of today may have passed."""

    url: str
    shown_at: str
    back: str
    token: str
    posts: tuple[str, ...]
    days: tuple[str, ...]

    @classmethod
    def read(cls, shown_at: str, page: str, today: str) -> "Moves":
        """Raises:
        PageFailedError: the calendar at that address has no form for it, or nothing to move.
        """
        form = _FORM.search(page)
        action = _ACTION.search(form[0]) if form else None
        posts = tuple(dict.fromkeys(_MOVABLE.findall(page)))
        days = tuple(day for day in _OPEN_DAY.findall(page) if day > today)
        if form is None or action is None or not posts or len(days) < 2:
            raise PageFailedError(f"the calendar ({shown_at}) shows nothing that can be moved")
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(form[0])}
        return cls(action[1], shown_at, hidden["back"], hidden["csrfmiddlewaretoken"], posts, days)

    def form(self, number: int) -> dict[str, str]:
        """Of the so-manieth move: each post in turn, each time to the day after the one it was moved to before."""
        rounds, post = divmod(number, len(self.posts))
        day = self.days[(post + rounds) % len(self.days)]
        fields = {"back": self.back, "deliveries": self.posts[post], "day": day}
        return {"csrfmiddlewaretoken": self.token, **fields}

    @property
    def headers(self) -> Mapping[str, str]:
        return {
            "HX-Request": "true",
            "HX-Target": "calendar",
            "HX-Trigger": "calendar-move",
            "HX-Current-URL": self.shown_at,
            "X-CSRFToken": self.token,
        }

    def check(self, answer: Answer) -> None:
        """Raises:
        PageFailedError: what came is not the calendar with a post moved.
        """
        if answer.status != 200 or 'id="calendar"' not in answer.text:
            raise PageFailedError(f"a move ({self.url}) was answered with {answer.status}")
        if _DONE not in answer.text:
            raise PageFailedError(f"a move ({self.url}) moved nothing")
