"""Suggestions and decisions as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from tesselle.adapt.models import Decision, Suggestion
from tesselle.domain.slots import WeeklySlot
from tesselle.learn import words
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

VERDICTS: dict[str, tuple[str, str | Promise]] = {
    Decision.Verdict.HELD: ("good", gettext_lazy("It held")),
    Decision.Verdict.NOT_HELD: ("attention", gettext_lazy("It did not hold")),
    Decision.Verdict.CANNOT_TELL: ("quiet", gettext_lazy("Cannot be told")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One suggestion: what to change, what is expected of it, how sure that is, from what."""

    id: int
    change: str
    expected: str
    certainty: str | Promise
    chances: str | Promise
    basis: str
    channel: str
    network: str


@dataclass(frozen=True, slots=True)
class Line:
    """One decision of the log. `verdict` empty: not judged yet."""

    id: int
    suggestion: Shown
    decided_at: datetime
    by: str
    review_on: str
    is_undone: bool
    may_undo: bool
    verdict: str | Promise
    tone: str
    seen: str
    hypothesis: str
    expected: str


def open_suggestions(workspace: Workspace) -> tuple[Shown, ...]:
    rows = Suggestion.objects.filter(workspace=workspace, state=Suggestion.State.OPEN)
    return tuple(shown(one) for one in rows.select_related("channel", "finding", "run"))


def decisions(workspace: Workspace) -> tuple[Line, ...]:
    rows = Decision.objects.filter(workspace=workspace).select_related(
        "decided_by", "suggestion__channel", "suggestion__finding", "suggestion__run"
    )
    return tuple(_line(one) for one in rows[:100])


def shown(suggestion: Suggestion) -> Shown:
    word, chances = words.CERTAINTIES[suggestion.certainty]
    channel = suggestion.channel
    return Shown(
        id=suggestion.pk,
        change=change_words(suggestion),
        expected=_(
            "Expected of such posts: about %(gain)s more interactions (between %(low)s and %(high)s), "
            "after what usually fades."
        )
        % _size(suggestion),
        certainty=word,
        chances=chances,
        basis=_basis(suggestion),
        channel=channel.named if channel else "",
        network=channel.network if channel else "",
    )


def _size(suggestion: Suggestion) -> dict[str, str]:
    return {
        "gain": words.percent(suggestion.gain),
        "low": words.signed(suggestion.low),
        "high": words.signed(suggestion.high),
    }


def change_words(suggestion: Suggestion) -> str:
    added, dropped = suggestion.added, suggestion.dropped
    if added is not None and dropped is not None:
        return _("Post on %(new)s instead of %(old)s.") % {
            "new": slot_words(added),
            "old": slot_words(dropped),
        }
    if added is not None:
        return _("Post on %(new)s.") % {"new": slot_words(added)}
    assert suggestion.finding is not None
    if suggestion.finding.factor == "cadence":
        return _("Leave a day between two posts of a channel: no rhythm denser than seven a week.")
    if suggestion.finding.factor == "pillar" and suggestion.finding.level:
        return _(
            "Raise the meant share of “%(name)s” by ten points, taken from the largest of the others."
        ) % {"name": suggestion.finding.level}
    return _("Write one more a week: %(posts)s.") % {
        "posts": lowered(words.subject(suggestion.finding.factor, suggestion.finding.level))
    }


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def slot_words(slot: WeeklySlot) -> str:
    return _("%(day)s at %(time)s") % {"day": WEEKDAYS[slot.weekday], "time": time_format(slot.at, "H:i")}


def _basis(suggestion: Suggestion) -> str:
    if suggestion.kind == Suggestion.Kind.HABIT:
        return _("From %(n)s of your posts.") % {"n": suggestion.posts}
    tried = (
        ngettext(
            "You have posted %(n)s time around that hour.",
            "You have posted %(n)s times around that hour.",
            suggestion.tried,
        )
        % {"n": suggestion.tried}
        if suggestion.tried
        else _("You have never tried that hour: take it for a trial.")
    )
    known = _("From %(n)s of your posts and what is generally known of this network’s hours.") % {
        "n": suggestion.posts
    }
    return " ".join([known, tried, *_caution(suggestion)])


def _caution(suggestion: Suggestion) -> list[str]:
    """Hours are suggested from what is generally known as well: to half of the accounts for which they make no
    difference (decision 30). Who reads it may know."""
    if suggestion.certainty != "worth_testing":
        return []
    return [
        _(
            "Your own figures alone do not settle it: such a suggestion is often made even where hours make no "
            "difference. Try it out before you rely on it."
        )
    ]


def _line(decision: Decision) -> Line:
    tone, verdict = VERDICTS.get(decision.verdict, ("quiet", ""))
    return Line(
        id=decision.pk,
        suggestion=shown(decision.suggestion),
        decided_at=decision.decided_at,
        by=str(decision.decided_by) if decision.decided_by else "",
        review_on=_day(decision.review_on),
        is_undone=decision.undone_at is not None,
        may_undo=decision.undone_at is None and not decision.verdict,
        verdict=verdict,
        tone=tone,
        seen=_seen(decision),
        hypothesis=_hypothesis(decision.suggestion),
        expected=_(
            "About %(gain)s more interactions of such posts (between %(low)s and %(high)s), after what usually fades."
        )
        % _size(decision.suggestion),
    )


def _hypothesis(suggestion: Suggestion) -> str:
    """What is held to be true, so that it can turn out otherwise."""
    if suggestion.finding is None:
        return _("Posts at this time do better than those at the time they replace.")
    return _("What was seen goes on: %(posts)s do better than the usual mix.") % {
        "posts": lowered(words.subject(suggestion.finding.factor, suggestion.finding.level))
    }


def _day(day: date) -> str:
    return written(day, pgettext("date format", "j F Y"))


def _seen(decision: Decision) -> str:
    if not decision.verdict:
        return ""
    if not decision.seen_posts:
        return _("No such post was measured since: nothing to tell from.")
    if decision.seen_gain is None or decision.seen_low is None or decision.seen_high is None:
        return ngettext(
            "Only %(n)s such post was measured since: too few to tell.",
            "Only %(n)s such posts were measured since: too few to tell.",
            decision.seen_posts or 0,
        ) % {"n": decision.seen_posts or 0}
    return ngettext(
        "Seen since, on %(n)s post: %(gain)s (between %(low)s and %(high)s).",
        "Seen since, on %(n)s posts: %(gain)s (between %(low)s and %(high)s).",
        decision.seen_posts or 0,
    ) % {
        "n": decision.seen_posts or 0,
        "gain": words.signed(decision.seen_gain),
        "low": words.signed(decision.seen_low),
        "high": words.signed(decision.seen_high),
    }
