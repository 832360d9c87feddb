"""What the page of findings shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.learn import needed, words
from tesselle.learn.models import Finding, Run
from tesselle.learn.selectors import latest, latest_done, open_channels
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

FEWEST_POSTS = 12
"""As in `insights.evidence`, which pages do not import; a test holds them together."""

SETTLED = "no_difference"
SIZE = 0.5
STEPS: dict[str, int] = {"": 5, Run.Step.READING: 25, Run.Step.COMPARING: 60, Run.Step.KEEPING: 95}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding or idea. `more`: what it would take to know, of ideas."""

    finding: Finding
    claim: str
    certainty: str | Promise
    chances: str | Promise
    basis: str
    channel: str
    more: str
    caution: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A channel that has too few measured posts; `more` are needed before anything is compared."""

    name: str
    network_name: str
    posts: int
    more: int


@dataclass(frozen=True, slots=True)
class Going:
    """A run under way. `share`: in percent, by its steps."""

    share: int
    word: str


@dataclass(frozen=True, slots=True)
class LearnPage:
    run: Run | None
    going: Going | None
    has_failed: bool
    findings: tuple[Told, ...]
    ideas: tuple[Told, ...]
    settled: tuple[Told, ...]
    waiting: tuple[Waiting, ...]
    expected_errors: str
    luck: str
    nothing: str
    sparse: str


def learn_page(workspace: Workspace) -> LearnPage:
    newest, run = latest(workspace), latest_done(workspace)
    rows = list(run.findings.all()) if run is not None else []
    findings = [one for one in rows if not one.is_idea]
    channels = open_channels(workspace)
    waiting = _waiting(run, channels)
    return LearnPage(
        run=run,
        going=_going(newest),
        has_failed=newest is not None and newest.state == Run.State.FAILED,
        findings=tuple(_told(one, run) for one in findings),
        ideas=tuple(_told(one, run) for one in rows if one.is_idea and one.certainty != SETTLED),
        settled=tuple(_told(one, run) for one in rows if one.certainty == SETTLED),
        waiting=waiting,
        expected_errors=_expected_errors(findings),
        luck=_luck(run),
        nothing=_nothing(run, len(waiting) < len(channels)) if not findings else "",
        sparse=_sparse(run, channels),
    )


def _told(finding: Finding, run: Run | None) -> Told:
    assert run is not None
    word, chances = words.CERTAINTIES.get(finding.certainty, words.CERTAINTIES["cannot_tell"])
    if finding.twin_factor:
        claim = _(
            "%(one)s and %(other)s nearly always come together: what is due to which cannot be told."
        ) % {
            "one": words.subject(finding.factor, finding.level),
            "other": words.subject(finding.twin_factor, finding.twin_level).lower(),
        }
    elif finding.certainty == SETTLED:
        claim = words.settled(finding)
    else:
        claim = words.claim(finding)
    return Told(
        finding=finding,
        claim=claim,
        certainty=word,
        chances=chances,
        basis=words.basis(finding, _day(run.first_day), _day(run.last_day)),
        channel=finding.channel.named if finding.channel else "",
        more=_more(finding),
        caution=_("To be checked by trying it out: hours come true again less often than other findings.")
        if finding.factor == "hour"
        else "",
    )


def _more(finding: Finding) -> str:
    if finding.twin_factor:
        return _(
            "To tell them apart, part them: publish some of these posts without the other, and some of the "
            "other without these. Until then neither is claimed."
        )
    if not finding.is_idea or finding.certainty == SETTLED:
        return ""
    more = needed.more_posts(finding)
    if more is None:
        return _("More posts than anyone writes would be needed to know.")
    return ngettext(
        "Not enough data yet: about %(n)s more post of this kind, if it is as large as it looks.",
        "Not enough data yet: about %(n)s more posts of this kind, if it is as large as it looks.",
        more,
    ) % {"n": _rounded(more)}


def _rounded(count: int) -> int:
    """About: in fives above twenty, in tens above a hundred."""
    step = 10 if count > 100 else 5 if count > 20 else 1
    return step * round(count / step)


def _day(day: date | None) -> str:
    return written(day, pgettext("date format", "j F Y")) if day else ""


def _expected_errors(findings: Sequence[Finding]) -> str:
    """Of what is claimed, how much is probably wrong."""
    findings = [one for one in findings if not one.twin_factor]
    if not findings:
        return ""
    doubt = sum(1 - one.probability for one in findings)
    return ngettext(
        "Of this %(n)s finding, expect %(wrong)s to be wrong.",
        "Of these %(n)s findings, expect %(wrong)s to be wrong.",
        len(findings),
    ) % {"n": len(findings), "wrong": _("none or one") if doubt < 1 else _("one or two")}


def _luck(run: Run | None) -> str:
    if run is None or run.luck_share is None:
        return ""
    return _("Luck explains about %(share)s of what you see from one post to the next.") % {
        "share": words.percent(run.luck_share)
    }


def _nothing(run: Run | None, is_compared: bool) -> str:
    if run is None or not is_compared:
        return ""
    return _(
        "Nothing can be told yet from %(posts)s measured posts. A difference of half as much again shows "
        "up after about %(n)s posts on a channel, half of each kind; smaller ones take longer."
    ) % {"posts": run.posts, "n": needed.posts_to_see(SIZE)}


def _sparse(run: Run | None, channels: Sequence[Channel]) -> str:
    """Where nothing can be compared however many posts there are."""
    few = [one.named for one in channels if run is not None and one.pk in run.sparse]
    if not few:
        return ""
    return _(
        "Half of the posts have fewer than three interactions here: %(channels)s. That is too few to compare "
        "anything by; look at reach or views on the page of figures instead."
    ) % {"channels": ", ".join(few)}


def _waiting(run: Run | None, channels: Sequence[Channel]) -> tuple[Waiting, ...]:
    """Channels that tell figures and have too few posts; before the first run nothing is known."""
    if run is None:
        return ()
    by_id = {str(channel.pk): channel for channel in channels}
    return tuple(
        Waiting(
            name=channel.display_name or channel.handle,
            network_name=network_name(channel.network),
            posts=count,
            more=FEWEST_POSTS - count,
        )
        for pk, count in run.waiting.items()
        if (channel := by_id.get(pk)) is not None
    )


def _going(run: Run | None) -> Going | None:
    if run is None or not run.is_going:
        return None
    names = {
        "": _("It begins in a moment."),
        Run.Step.READING: _("Reading the figures of your posts."),
        Run.Step.COMPARING: _("Comparing them."),
        Run.Step.KEEPING: _("Writing down what can be said."),
    }
    return Going(STEPS.get(run.step, 5), names.get(run.step, names[""]))
