"""What the styleguide shows: make-believe posts and forms, for those who build pages."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator

from tesselle.web.states import DELIVERY_STATES
from tesselle.web.toasts import Toast

_TODAY = date(2026, 3, 18)
_FIRST = date(2026, 2, 23)
_SPRITE = Path(__file__).parent / "static/web/img/icons.svg"


class SampleForm(forms.Form):
    address = forms.URLField(
        label="Address of the server", help_text="As you type it in the browser.", assume_scheme="https"
    )
    password = forms.CharField(label="Application password", widget=forms.PasswordInput)
    visibility = forms.ChoiceField(
        label="Who sees it",
        choices=[("all", "Everyone"), ("followers", "Followers")],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label="Language", choices=[("fr", "French"), ("en", "English")], required=False
    )
    first_comment = forms.BooleanField(label="Add a first comment", required=False)


@dataclass(frozen=True, slots=True)
class Chip:
    state: str
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    chips: list[Chip]

    @property
    def weekday(self) -> str:
        return self.date.strftime("%a")

    @property
    def is_past(self) -> bool:
        return self.date < _TODAY

    @property
    def is_today(self) -> bool:
        return self.date == _TODAY

    @property
    def is_outside(self) -> bool:
        return self.date.month != _TODAY.month


@dataclass(frozen=True, slots=True)
class Variant:
    number: str
    channel: str
    text: str
    limit: int
    state: str
    followers: str
    is_tailored: bool = False
    is_invalid: bool = False

    @property
    def initial(self) -> str:
        return self.channel[0]


_POSTS: dict[int, list[Chip]] = {
    2: [Chip("live", "09:00", "Zellige bathroom, day one")],
    4: [Chip("live", "12:15", "Why grout colour matters"), Chip("sent", "12:15", "Why grout colour matters")],
    6: [Chip("partial", "17:30", "Three floors, one thread")],
    10: [Chip("live", "09:00", "Before and after: a kitchen")],
    12: [Chip("refused", "12:00", "Offer of the month"), Chip("removed", "18:00", "Wrong picture")],
    16: [Chip("unknown", "09:00", "Open house"), Chip("missed", "19:00", "Reminder")],
    18: [
        Chip("live", "08:00", "Terrazzo is back"),
        Chip("sending", "11:30", "Terrazzo is back"),
        Chip("planned", "17:00", "Question of the week"),
    ],
    20: [Chip("planned", "09:00", "Meet the team: Bob")],
    24: [Chip("blocked", "09:00", "Spring offer"), Chip("planned", "12:15", "How we cut mitres")],
    26: [Chip("waiting", "10:00", "Large formats")],
    27: [Chip("cancelled", "09:00", "Old flyer")],
    31: [Chip("planned", "09:00", "A terrace above the lake")],
}

_TEXT = "A bathroom in Moroccan zellige, laid in eight days. The hardest part was the window reveal."


def _days() -> list[Day]:
    dates = (_FIRST + timedelta(days=offset) for offset in range(42))
    return [Day(day, _POSTS.get(day.day, []) if day.month == _TODAY.month else []) for day in dates]


def everything() -> dict[str, Any]:
    invalid = SampleForm({"address": "tiles", "visibility": "all"})
    invalid.is_valid()
    invalid.add_error(None, "Nothing was connected: two answers are missing.")
    return {
        "states": list(DELIVERY_STATES),
        "days": _days(),
        "variants": [
            Variant("1", "Workshop on a fediverse server", _TEXT, 500, "live", "412"),
            Variant(
                "2",
                "Workshop in short",
                f"{_TEXT} And yes, it is waterproof.",
                100,
                "refused",
                "88",
                True,
                True,
            ),
            Variant("3", "Our own site", _TEXT, 100, "planned", "1,204"),
        ],
        "form": SampleForm(auto_id="fine_%s"),
        "invalid_form": invalid,
        "page": Paginator(range(240), 20).page(4),
        "instant": datetime(2026, 3, 18, 8, 0, tzinfo=UTC),
        "sample_toasts": [
            Toast("The post moved to Thursday, 12:15.", "success", "check", "#undo"),
            Toast("The channel answers slowly; sending takes a little longer.", "warning", "alert", ""),
            Toast("The picture could not be read. Nothing was changed.", "error", "alert", ""),
        ],
        "icons": re.findall(r'<symbol id="([a-z-]+)"', _SPRITE.read_text(encoding="utf-8")),
    }
