"""What the templates read of a channel's self-tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from tesselle.channels.models import ChannelTest
from tesselle.web.sentences import say


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of a self-test."""

    subject: str | Promise
    icon: str
    tone: str
    said: str
    cure: str


@dataclass(frozen=True, slots=True)
class CheckupShown:
    at: datetime
    by: str
    lines: tuple[LineShown, ...]
    bad: int
    attention: int

    @property
    def is_good(self) -> bool:
        return not self.bad

    @property
    def tone(self) -> str:
        return "danger" if self.bad else "attention" if self.attention else "good"

    @property
    def icon(self) -> str:
        return "alert" if self.bad or self.attention else "check"

    @property
    def summary(self) -> str:
        if self.bad:
            return gettext("Something has to be mended: read what the test found.")
        if self.attention:
            return gettext("It works; something wants your attention soon.")
        return gettext("Everything that was looked at is in order.")


_SUBJECTS: dict[str, Promise] = {
    "sign_in": pgettext_lazy("self-test", "Sign-in"),
    "address": pgettext_lazy("self-test", "Address"),
    "rights": pgettext_lazy("self-test", "Rights"),
    "role": pgettext_lazy("self-test", "Role"),
    "expiry": pgettext_lazy("self-test", "Lasts until"),
    "quota": pgettext_lazy("self-test", "Quota left"),
    "replies": pgettext_lazy("self-test", "Replies"),
    "comments": pgettext_lazy("self-test", "Comments"),
    "calls": pgettext_lazy("self-test", "Calls to the network"),
    "media": pgettext_lazy("self-test", "Pictures reachable"),
    "webhook": pgettext_lazy("self-test", "News from the network"),
    "network": pgettext_lazy("self-test", "The network"),
    "admission": pgettext_lazy("self-test", "Admission of the application"),
    "boards": pgettext_lazy("self-test", "Boards"),
    "communities": pgettext_lazy("self-test", "Communities"),
    "figures": pgettext_lazy("self-test", "Figures"),
    "films": pgettext_lazy("self-test", "Films"),
    "place": pgettext_lazy("self-test", "The place"),
    "subscription": pgettext_lazy("self-test", "Subscription"),
    "version": pgettext_lazy("self-test", "Version of the API"),
}
_LINES = {
    "good": ("check", "good"),
    "attention": ("alert", "attention"),
    "bad": ("alert", "danger"),
    "unknown": ("info", "info"),
}


def test_shown(test: ChannelTest) -> CheckupShown:
    states = [str(line.get("state")) for line in test.results]
    return CheckupShown(
        at=test.at,
        by=test.by_name,
        lines=tuple(_line(line) for line in test.results),
        bad=states.count("bad"),
        attention=states.count("attention"),
    )


def _line(line: Mapping[str, Any]) -> LineShown:
    subject = str(line.get("subject"))
    icon, tone = _LINES.get(str(line.get("state")), _LINES["unknown"])
    return LineShown(
        _SUBJECTS.get(subject, subject), icon, tone, say(line.get("message")), say(line.get("cure"))
    )
