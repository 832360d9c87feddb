"""Judging decisions at their date, on what was posted since. Imports NumPy: for `tesselle learn` only."""

from dataclasses import dataclass
from datetime import datetime
from math import expm1, log1p

import numpy as np

from tesselle.adapt.models import Decision, Suggestion
from tesselle.domain.slots import WeeklySlot
from tesselle.insights.effects import effects_of
from tesselle.insights.evidence import FEWEST_OF_LEVEL, FEWEST_POSTS
from tesselle.insights.fit import fit
from tesselle.insights.posterior import Mixture
from tesselle.insights.posts import Flags, Posts
from tesselle.insights.slots import slot_against
from tesselle.journal.services import record
from tesselle.learn.calibrating import learn_outcome
from tesselle.learn.carrying import Realised, learn_realised
from tesselle.learn.models import Prediction
from tesselle.learn.rows import EPOCH
from tesselle.learn.running import Learned

SURE = 0.9
MATURED = 10
"""Posts with their figures, before a promise is held against what came of it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """`of`: the log gain seen since; None with too few posts on one side to say anything."""

    verdict: Decision.Verdict
    posts: int
    of: Mixture | None = None


def judge_due(learned: Learned) -> int:
    """Every decision whose date has come; how many."""
    run = learned.run
    assert run.instant is not None
    today = run.instant.astimezone(run.workspace.tz).date()
    due = Decision.objects.filter(
        workspace=run.workspace, verdict="", undone_at=None, review_on__lte=today
    ).select_related("suggestion__finding", "workspace")
    count = 0
    for decision in due:
        _keep(decision, _seen(decision, learned.posts), run.instant)
        count += 1
    return count


def _seen(decision: Decision, posts: Posts | None) -> Seen:
    if posts is None:
        return Seen(Decision.Verdict.CANNOT_TELL, 0)
    since = _day(decision.decided_at.astimezone(decision.workspace.tz).replace(tzinfo=None))
    after, kind = np.asarray(posts.day >= since), _as_decided(decision.suggestion, posts)
    # What the suggestion was made from proves nothing about itself: a dropped hour had been unlucky, too.
    asked, others = (
        np.asarray(after & which) for which in (kind, ~kind & _same_channel(decision.suggestion, posts))
    )
    rows, count = np.asarray(asked | others), int(asked.sum())
    if count < FEWEST_OF_LEVEL or int(others.sum()) < FEWEST_OF_LEVEL or rows.sum() < FEWEST_POSTS:
        return Seen(Decision.Verdict.CANNOT_TELL, count)
    of = _gain(decision.suggestion, posts.chosen(rows), asked[rows])
    return Seen(_verdict(of), count, of)


def _gain(suggestion: Suggestion, kept: Posts, asked: Flags) -> Mixture:
    """Of those posts over the others, from the account's own figures alone."""
    posterior = fit(kept, use_curve=False)
    if suggestion.added is not None:
        channel = kept.channels.index(str(suggestion.channel_id))
        return slot_against(posterior, kept, channel, _slot(suggestion.added), kept.slot[~asked].tolist())
    finding = suggestion.finding
    assert finding is not None
    levels = kept.factor(finding.factor).levels
    place = levels.index("yes" if finding.factor in kept.flags else finding.level)
    return effects_of(posterior, kept, finding.factor)[place].of


def _verdict(of: Mixture) -> Decision.Verdict:
    worse = of.below(0.0)
    if worse <= 1 - SURE:
        return Decision.Verdict.HELD
    return Decision.Verdict.NOT_HELD if worse >= SURE else Decision.Verdict.CANNOT_TELL


def _slot(weekly: WeeklySlot) -> int:
    return weekly.weekday * 24 + weekly.at.hour


def _day(local: datetime) -> float:
    return (local - EPOCH).total_seconds() / 86_400


def _same_channel(suggestion: Suggestion, posts: Posts) -> Flags:
    if suggestion.channel_id is None:
        return np.ones(len(posts), dtype=bool)
    name = str(suggestion.channel_id)
    return np.asarray(posts.channel == (posts.channels.index(name) if name in posts.channels else -1))


def _as_decided(suggestion: Suggestion, posts: Posts) -> Flags:
    """The posts that did what was decided: at that time of the week, or of that kind."""
    here = _same_channel(suggestion, posts)
    if suggestion.added is not None:
        away = np.abs((posts.slot - _slot(suggestion.added) + 84) % 168 - 84)
        return np.asarray(here & (away <= 1))
    finding = suggestion.finding
    assert finding is not None
    if finding.factor in ("link", "question") and finding.factor not in posts.flags:
        return np.zeros(len(posts), dtype=bool)
    factor = posts.factor(finding.factor)
    level = finding.level
    wanted = factor.levels.index(level) if level in factor.levels else -1
    return np.asarray(here & (factor.index == wanted))


def _keep_score(decision: Decision) -> None:
    """Promised against realised: for the page of the score, and for what is promised next time."""
    suggestion, workspace = decision.suggestion, decision.workspace
    low, gain, high = decision.seen_low or 0.0, decision.seen_gain or 0.0, decision.seen_high or 0.0
    made, is_fresh = Prediction.objects.get_or_create(
        workspace=workspace,
        kind=Prediction.Kind.PROMISE,
        key=str(decision.pk),
        defaults={
            "channel": suggestion.channel,
            "made_at": decision.decided_at,
            "due_on": decision.review_on,
            "low": suggestion.low,
            "middle": suggestion.gain,
            "high": suggestion.high,
            "outcome": gain,
            "held": suggestion.low <= gain <= suggestion.high,
            "judged_at": decision.judged_at,
        },
    )
    if not is_fresh:
        return
    learn_outcome(made)
    factor = suggestion.finding.factor if suggestion.finding else "hour"
    if suggestion.past is not None:
        logs = (log1p(max(value, -0.99)) for value in (gain, low, high))
        learn_realised(workspace, factor, Realised(suggestion.past, *logs))


def _keep(decision: Decision, seen: Seen, now: datetime) -> None:
    decision.verdict, decision.seen_posts, decision.judged_at = seen.verdict, seen.posts, now
    if seen.of is not None:
        quantiles = (expm1(seen.of.quantile(share)) for share in (0.1, 0.5, 0.9))
        decision.seen_low, decision.seen_gain, decision.seen_high = quantiles
    decision.save()
    if seen.of is not None and seen.posts >= MATURED:
        _keep_score(decision)
    record(
        "decision.judged",
        workspace_id=decision.workspace_id,
        subject_kind="workspace",
        subject_id=decision.workspace_id,
        verdict=seen.verdict.value,
    )
