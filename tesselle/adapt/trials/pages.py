"""Experiments as pages show them: the question, the price, the pairs, the verdict in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.adapt.models import Experiment, Pair
from tesselle.adapt.pages import lowered, slot_words
from tesselle.adapt.trials.price import Price, price_of
from tesselle.compose.models import Post
from tesselle.insights.experiment import ENOUGH, Verdict, discoveries
from tesselle.insights.power import USUAL_LUCK, smallest_seen
from tesselle.learn import words
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

MOST_DRAFTS = 100


@dataclass(frozen=True, slots=True)
class Summary:
    id: int
    question: str
    channel: str
    network: str
    state: str
    tone: str
    verdict: str
    url: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """`state`: in words. `may_plan`, `may_give_up`: what can still be done with it."""

    id: int
    number: int
    arms: tuple[tuple[str, str, str], ...]
    """Of each arm: its letter, its post's name, where the post is."""

    state: str
    evidence: str
    may_plan: bool
    may_give_up: bool


@dataclass(frozen=True, slots=True)
class ExperimentPage:
    one: Experiment
    summary: Summary
    arm_a: str
    arm_b: str
    price: Price | None
    price_lines: tuple[str, ...]
    pairs: tuple[PairLine, ...]
    done: int
    evidence: str
    together: str
    given_up: int
    drafts: Sequence[Post]


def summaries(workspace: Workspace) -> list[Summary]:
    found = Experiment.objects.filter(workspace=workspace).select_related("channel", "pillar")
    return [summary(one) for one in found]


def arm_words(experiment: Experiment, arm: str) -> str:
    value = experiment.arm_a if arm == "a" else experiment.arm_b
    if experiment.factor == Experiment.Factor.SLOT:
        return slot_words(experiment.slot_of(arm))
    if experiment.factor == Experiment.Factor.FORMAT:
        return str(words.FORMATS.get(value, value))
    return value


def summary(experiment: Experiment) -> Summary:
    channel = experiment.channel
    tone = {"draft": "quiet", "running": "info", "ended": "good"}[experiment.state]
    return Summary(
        id=experiment.pk,
        question=_("%(a)s, or %(b)s?")
        % {"a": capfirst(arm_words(experiment, "a")), "b": lowered(arm_words(experiment, "b"))},
        channel=channel.named,
        network=channel.network,
        state=str(Experiment.State(experiment.state).label),
        tone=tone,
        verdict=verdict_words(experiment),
        url=reverse("adapt:experiment", args=[experiment.pk]),
    )


def experiment_page(experiment: Experiment) -> ExperimentPage:
    pairs = list(
        experiment.pairs.select_related("first", "second", "delivery_a", "delivery_b").order_by("number")
    )
    done = sum(one.looked_at is not None for one in pairs)
    price = price_of(experiment) if experiment.state == Experiment.State.DRAFT else None
    return ExperimentPage(
        one=experiment,
        summary=summary(experiment),
        arm_a=arm_words(experiment, "a"),
        arm_b=arm_words(experiment, "b"),
        price=price,
        price_lines=price_lines(price) if price is not None else (),
        pairs=tuple(_pair_line(experiment, one) for one in pairs),
        done=done,
        evidence=_evidence(experiment) if done else "",
        together=_together(experiment) if experiment.state == Experiment.State.ENDED else "",
        given_up=sum(one.void == Pair.Void.GIVEN_UP for one in pairs),
        drafts=drafts_for(experiment) if experiment.state == Experiment.State.RUNNING else (),
    )


def price_lines(price: Price) -> tuple[str, ...]:
    lines = [
        _("%(posts)s posts, two for each pair.") % {"posts": price.posts}
        if price.weeks is None
        else _("%(posts)s posts, two for each pair: about %(weeks)s weeks at your %(rate)s posts a week.")
        % {"posts": price.posts, "weeks": price.weeks, "rate": number_format(price.a_week, decimal_pos=1)}
    ]
    if price.weeks is not None and price.weeks > 26:
        lines.append(
            ngettext(
                "It ends after 26 weeks at the latest: by then you would have %(n)s pair.",
                "It ends after 26 weeks at the latest: by then you would have %(n)s pairs.",
                price.reachable,
            )
            % {"n": price.reachable}
        )
    lines += [
        _("If one arm really does %(ratio)s times as well, it would be seen %(chance)s.")
        % {"ratio": ratio_words(one.ratio), "chance": chance_words(one.of_verdict)}
        for one in price.chances
    ]
    lines.append(
        _("A difference smaller than %(ratio)s times would probably stay invisible.")
        % {"ratio": ratio_words(price.smallest)}
        if price.smallest is not None
        else _(
            "Even three times as much would probably stay invisible: take more pairs, or another question."
        )
    )
    if not price.is_own:
        lines.append(_("Your channel has too few figures yet: this rests on the usual spread of posts."))
    return tuple(lines)


def ratio_words(ratio: float) -> str:
    """Two, not 2.0."""
    return number_format(int(ratio) if ratio == int(ratio) else ratio)


def chance_words(chance: float) -> str:
    tenths = round(10 * chance)
    if tenths == 0:
        return _("hardly ever")
    if tenths >= 10:
        return _("nearly always")
    return ngettext("%(n)s time in 10", "%(n)s times in 10", tenths) % {"n": tenths}


def verdict_words(experiment: Experiment) -> str:
    """Never without a number; only an experiment may say "thanks to"."""
    if experiment.state == Experiment.State.DRAFT:
        return ""
    done = experiment.pairs.exclude(looked_at=None).count()
    if experiment.state == Experiment.State.RUNNING:
        return ngettext(
            "%(n)s pair of %(planned)s looked at: cannot be told yet.",
            "%(n)s pairs of %(planned)s looked at: cannot be told yet.",
            done,
        ) % {"n": done, "planned": experiment.planned_pairs}
    match experiment.verdict:
        case Verdict.A_BETTER | Verdict.B_BETTER:
            return _better(experiment, done)
        case Verdict.NO_DIFFERENCE:
            return _(
                "No difference that matters: less than 10 %% either way, at least 9 chances in 10, "
                "after %(n)s pairs."
            ) % {"n": done}
        case _:
            return _undecided(done)


def _better(experiment: Experiment, done: int) -> str:
    low, gain, high = experiment.low or 0.0, experiment.gain or 0.0, experiment.high or 0.0
    winner = "b" if experiment.verdict == Verdict.B_BETTER else "a"
    if winner == "a":
        low, gain, high = (1 / (1 + value) - 1 for value in (high, gain, low))
    values = {
        "arm": winner.upper(),
        "what": lowered(arm_words(experiment, winner)),
        "gain": words.percent(gain),
        "low": words.signed(low),
        "high": words.signed(high),
        "n": done,
        "figure": Experiment.Outcome(experiment.outcome).label,
    }
    return (
        _(
            "Arm %(arm)s (%(what)s) wins: about %(gain)s more thanks to it (between %(low)s and %(high)s), "
            "after %(n)s pairs. If the arms were alike, one experiment in ten at most would say so."
        )
        % values
    )


def _undecided(done: int) -> str:
    smallest = smallest_seen(USUAL_LUCK, done)
    text = ngettext("Undecided after %(n)s pair.", "Undecided after %(n)s pairs.", done) % {"n": done}
    if smallest is None:
        return f"{text} {_('So few pairs would not even have shown three times as much.')}"
    seen = _("A difference of %(ratio)s times would probably have been seen.") % {
        "ratio": ratio_words(smallest)
    }
    return f"{text} {seen}"


def _evidence(experiment: Experiment) -> str:
    return _("Evidence %(value)s of the %(enough)s that are needed.") % {
        "value": number_format(experiment.evidence, decimal_pos=1),
        "enough": number_format(ENOUGH, decimal_pos=0),
    }


def _together(experiment: Experiment) -> str:
    """With several experiments, chance finds more: whether this one stands among all of them."""
    rows = list(
        Experiment.objects.filter(workspace=experiment.workspace, state=Experiment.State.ENDED).values_list(
            "pk", "evidence"
        )
    )
    if len(rows) < 2 or experiment.verdict not in (Verdict.A_BETTER, Verdict.B_BETTER):
        return ""
    stands = dict(zip([pk for pk, _e in rows], discoveries([e for _pk, e in rows]), strict=True))
    values = {"n": len(rows)}
    if stands[experiment.pk]:
        return _("Among your %(n)s ended experiments it still stands.") % values
    return (
        _(
            "Among your %(n)s ended experiments it no longer stands by itself: with so many, one may win by "
            "chance. Repeat it before you build on it."
        )
        % values
    )


def _pair_line(experiment: Experiment, pair: Pair) -> PairLine:
    posts = (("A", pair.post_a), ("B", pair.post_b))
    return PairLine(
        id=pair.pk,
        number=pair.number,
        arms=tuple(
            (letter, post.name or pgettext("post", "Untitled"), reverse("compose:edit", args=[post.pk]))
            for letter, post in posts
        ),
        state=_pair_state(experiment, pair),
        evidence=number_format(pair.evidence, decimal_pos=2) if pair.evidence is not None else "",
        may_plan=pair.is_open and not pair.is_planned and experiment.state == Experiment.State.RUNNING,
        may_give_up=pair.is_open and not pair.is_planned,
    )


def _pair_state(experiment: Experiment, pair: Pair) -> str:
    if pair.void:
        return _("Void, unseen: %(why)s") % {"why": Pair.Void(pair.void).label}
    if pair.looked_at is not None:
        return _("Looked at: %(a)s for A, %(b)s for B") % {"a": pair.count_a, "b": pair.count_b}
    if not pair.is_planned:
        return _("Drawn; make each post what its arm asks for, then plan the pair")
    assert pair.due_a is not None and pair.due_b is not None
    style = pgettext("date format", "j F, H:i")
    zone = experiment.workspace.tz
    return _("Planned: A on %(a)s, B on %(b)s") % {
        "a": written(pair.due_a.astimezone(zone), style),
        "b": written(pair.due_b.astimezone(zone), style),
    }


def drafts_for(experiment: Experiment) -> Sequence[Post]:
    """What can be drawn: not planned on the channel, not in a pair, of the pillar."""
    posts: Any = Post.objects.filter(workspace=experiment.workspace, deleted_at=None).exclude(current=None)
    posts = posts.exclude(deliveries__channel=experiment.channel)
    taken = Pair.objects.filter(experiment__workspace=experiment.workspace, void="")
    posts = posts.exclude(pk__in=taken.values("first")).exclude(pk__in=taken.values("second"))
    posts = posts.filter(current__variants__channel=experiment.channel)
    if experiment.pillar_id:
        posts = posts.filter(pillar_id=experiment.pillar_id)
    return list(posts.select_related("pillar").order_by("-created_at")[:MOST_DRAFTS])
