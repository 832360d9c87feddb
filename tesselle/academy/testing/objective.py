"""The person's own objective at the end of a scenario: its figure over the scenario's weeks, beside what it asked for.

Counted over the scenario itself, from its first hour to its last: the weekly figures of the page “Strategy” know whole
weeks only, and of those the last is too young when a scenario ends.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext, ngettext

from tesselle.channels.models import Channel
from tesselle.domain.indicators import work_out
from tesselle.domain.metrics import Metric
from tesselle.ledger.models import Purpose
from tesselle.measure.indicators import DICTIONARY
from tesselle.measure.models import BusinessResult, ChannelDay, Series
from tesselle.measure.rollups import told_of_posts
from tesselle.sandbox.models import ScenarioRun
from tesselle.strategy.aimable import Aimable, known
from tesselle.strategy.models import Objective
from tesselle.strategy.models.voice import WEEKS_COUNTED
from tesselle.strategy.numbers import written

WEEK = timedelta(days=7)


def held_against(objective: Objective, run: ScenarioRun) -> dict[str, Any]:
    """Plain values, worded when they are read: the workspace may be gone by then. `reached` None: nothing was told.
    `target`: of the scenario's weeks, where the objective counts four of them."""
    indicator, channel = known(objective.indicator), objective.channel
    weeks = max(1, round((run.ends_at - run.begins_at) / WEEK))
    target = objective.target
    if target is not None and indicator is not None and indicator.kind == "sum":
        target = target * weeks / WEEKS_COUNTED
    return {
        "sentence": objective.sentence,
        "figure": indicator.slug if indicator is not None else "",
        "channel": (channel.display_name or channel.handle) if channel is not None else "",
        "asked": objective.target,
        "target": target,
        "weeks": weeks,
        "reached": _reached(indicator, channel, run) if indicator is not None else None,
    }


def _reached(indicator: Aimable, channel: Channel | None, run: ScenarioRun) -> float | None:
    if indicator.slug in BusinessResult.Kind.values:
        return _noted(indicator.slug, channel, run)
    if indicator.slug == Metric.FOLLOWERS:
        return _followers(channel, run)
    values = _of_posts(indicator.slug, channel, run)
    if not values:
        return None
    return median(values) if indicator.kind == "share" else sum(values)


def _noted(kind: str, channel: Channel | None, run: ScenarioRun) -> float:
    """What was not noted is none: only people know of it."""
    rows = BusinessResult.objects.filter(workspace=run.workspace_id, kind=kind, day__range=_days(run))
    if channel is not None:
        rows = rows.filter(channel=channel)
    return float(rows.aggregate(n=Sum("count"))["n"] or 0)


def _followers(channel: Channel | None, run: ScenarioRun) -> float | None:
    """Each channel's last count before the end, added up."""
    rows = ChannelDay.objects.filter(channel__workspace=run.workspace_id, day__lte=_days(run)[1])
    rows = rows.filter(channel=channel) if channel is not None else rows.filter(channel__removed_at=None)
    last = dict(rows.order_by("day").values_list("channel", "followers"))
    return float(sum(last.values())) if last else None


def _of_posts(slug: str, channel: Channel | None, run: ScenarioRun) -> list[float]:
    """Of what went out in the scenario, as its network told it last."""
    rows = Series.objects.filter(
        delivery__workspace=run.workspace_id,
        delivery__purpose=Purpose.POST,
        published_at__range=(run.begins_at, run.ends_at),
    )
    if channel is not None:
        rows = rows.filter(channel=channel)
    found, formula = [], DICTIONARY[slug].formula
    for one in rows.select_related("channel"):
        values = (
            one.latest if one.followers is None else {**one.latest, Metric.FOLLOWERS.value: one.followers}
        )
        worked = work_out(formula, values, told_of_posts(one.channel.network)).value
        if worked is not None:
            found.append(float(worked))
    return found


def _days(run: ScenarioRun) -> tuple[date, date]:
    def day(at: datetime) -> date:
        return at.astimezone(run.workspace.tz).date()

    return day(run.begins_at), day(run.ends_at)


def told_against(found: Mapping[str, Any]) -> list[str]:
    """The sentences of it, in the reader's language."""
    opened = gettext("The objective written down for it: “%(objective)s”.") % {"objective": found["sentence"]}
    indicator = known(found["figure"])
    if indicator is None:
        return [opened, gettext("It has no figure, so whether it was reached cannot be counted.")]
    name = str(indicator.name)
    if found["channel"]:
        name = gettext("%(figure)s on %(channel)s") % {"figure": name, "channel": found["channel"]}
    if found["reached"] is None:
        return [
            opened,
            gettext("No figure was told of it (%(figure)s), so nothing can be said.") % {"figure": name},
        ]
    return [opened, *_measured(indicator, name, found)]


def _measured(indicator: Aimable, name: str, found: Mapping[str, Any]) -> list[str]:
    values = {"figure": name, "reached": written(found["reached"], indicator.kind)}
    if found["target"] is None:
        return [gettext("%(figure)s: %(reached)s. It names no value to reach.") % values]
    values["target"] = written(found["target"], indicator.kind)
    text = (
        gettext("%(figure)s: asked for, %(target)s; reached, %(reached)s. The objective is reached.")
        if found["reached"] >= found["target"]
        else gettext("%(figure)s: asked for, %(target)s; reached, %(reached)s. The objective is not reached.")
    )
    return [text % values, *_scaled(indicator, found)]


def _scaled(indicator: Aimable, found: Mapping[str, Any]) -> list[str]:
    """Where the scenario is not as long as what the objective counts."""
    if indicator.kind != "sum" or found["weeks"] == WEEKS_COUNTED:
        return []
    text = ngettext(
        "The objective says %(asked)s in four weeks; the scenario had %(weeks)s week, so that part of it was "
        "asked for.",
        "The objective says %(asked)s in four weeks; the scenario had %(weeks)s weeks, so that part of it was "
        "asked for.",
        found["weeks"],
    )
    return [text % {"asked": written(found["asked"], indicator.kind), "weeks": found["weeks"]}]
