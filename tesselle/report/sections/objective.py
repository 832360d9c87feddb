"""How far the objective of a campaign came meanwhile, counted as the objective counts it, and what the
campaign's own posts brought of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.measure.aimed import AGE_DAYS, COUNTS, RATES
from tesselle.measure.models import BusinessResult, Mark
from tesselle.strategy.aimable import Aimable, Kind, Week, known
from tesselle.strategy.baseline import value_of
from tesselle.strategy.models import Campaign, Objective
from tesselle.strategy.models.voice import WEEKS_COUNTED
from tesselle.strategy.numbers import in_words, written
from tesselle.web import dates

WEEK = timedelta(days=7)


def objective_sentences(campaign: Campaign) -> list[str]:
    objective = campaign.objective
    if objective is None:
        return [_("The campaign names no objective, so nothing is said of one.")]
    sentences = [_("Its objective: %(sentence)s.") % {"sentence": objective.sentence.rstrip(".")}]
    indicator = known(objective.indicator)
    if indicator is None:
        return [*sentences, _("That objective has no figure: whether it was reached cannot be counted.")]
    sentences.append(f"{in_words(objective)}.")
    return [*sentences, *_stood(campaign, objective, indicator), *_own(campaign, objective, indicator)]


def _stood(campaign: Campaign, objective: Objective, indicator: Aimable) -> list[str]:
    """Before the campaign and at its end, or at the last whole week told since it began."""
    begun, over = _monday(campaign.first_day), _monday(campaign.last_day) + WEEK
    today = campaign.workspace.today()
    asked = max(1, (today - begun) // WEEK) + WEEKS_COUNTED + 1
    weeks = [
        one
        for one in indicator.history(campaign.workspace, objective.channel, asked)
        if one.value is not None
    ]
    ends = [one.begins + WEEK for one in weeks if begun < one.begins + WEEK <= over]
    if not ends:
        return [_("No whole week since it began has this figure yet.")]
    after, before = standing(weeks, indicator.kind, ends[-1]), standing(weeks, indicator.kind, begun)
    if after is None:
        return [_("Fewer than four weeks have this figure so far: it cannot be told yet.")]
    values = {
        "day": dates.written(ends[-1] - timedelta(days=1), pgettext("date format", "j F Y")),
        "now": written(after, indicator.kind),
        "before": written(before, indicator.kind) if before is not None else "",
    }
    if before is None:
        return [_("On %(day)s it stood at %(now)s; before the campaign it is not known.") % values]
    return [_("On %(day)s it stood at %(now)s, before the campaign at %(before)s.") % values]


def standing(weeks: Sequence[Week], kind: Kind, on: date) -> float | None:
    """The figure on a Monday from the weeks that ended by then; None where the last of them do not reach
    up to it, or are too few."""
    until = [one for one in weeks if one.begins + WEEK <= on and one.value is not None]
    needed = until[-1:] if kind == "level" else until[-WEEKS_COUNTED:]
    whole = 1 if kind == "level" else WEEKS_COUNTED
    if len(needed) < whole or needed[-1].begins + WEEK != on:
        return None
    return value_of(kind, [float(one.value or 0.0) for one in needed])


def _own(campaign: Campaign, objective: Objective, indicator: Aimable) -> list[str]:
    """Never more than can be traced to a post."""
    slug = indicator.slug
    traced: float | None
    if slug in BusinessResult.Kind.values:
        traced = _results(campaign, objective, slug)
    elif slug in COUNTS or slug in RATES:
        traced = _of_marks(campaign, objective, indicator)
    else:
        return [_("This figure cannot be traced to single posts.")]
    if traced is None:
        return [_("No post of the campaign has this figure yet.")]
    values = {"figure": indicator.name, "value": written(traced, indicator.kind)}
    if indicator.kind == "share":
        return [_("%(figure)s of the campaign’s own posts, median: %(value)s.") % values]
    return [_("%(figure)s that can be traced to the campaign’s own posts: %(value)s.") % values]


def _results(campaign: Campaign, objective: Objective, kind: str) -> float:
    rows = BusinessResult.objects.filter(workspace=campaign.workspace, post__campaign=campaign, kind=kind)
    if objective.channel is not None:
        rows = rows.filter(channel=objective.channel)
    return float(rows.aggregate(n=Sum("count"))["n"] or 0)


def _of_marks(campaign: Campaign, objective: Objective, indicator: Aimable) -> float | None:
    column = "interactions" if indicator.slug in RATES else indicator.slug
    rows = Mark.objects.filter(campaign=campaign, age_days=AGE_DAYS, **{f"{column}__isnull": False})
    if objective.channel is not None:
        rows = rows.filter(channel=objective.channel)
    told = list(rows.values_list(column, RATES.get(indicator.slug, column)))
    if indicator.kind == "share":
        rates = [value / of for value, of in told if of]
        return median(rates) if rates else None
    return float(sum(value for value, _of in told)) if told else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
