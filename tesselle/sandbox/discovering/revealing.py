"""The truth of a world, beside what the findings say of it and what an average by hour would."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from asgiref.sync import async_to_sync
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.learn import words
from tesselle.learn.models import Run
from tesselle.learn.selectors import latest_done
from tesselle.measure.models import Mark
from tesselle.networks import card
from tesselle.sandbox.lessons import LESSONS, Lesson
from tesselle.sandbox.models import Conclusion
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.scenarios.debrief import FORMS, SUBJECTS
from tesselle.sandbox.scenarios.measuring import place_of
from tesselle.sandbox.worlds import look
from tesselle.simulation.best import Place, best_hour, best_made
from tesselle.workspaces.models import Workspace

AGE_DAYS = 7
WAKING = range(7, 23)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour that somebody calls the best, and what it is really worth against a middling one."""

    hour: str
    worth: str


@dataclass(frozen=True, slots=True)
class ChannelShown:
    """`found` and `average` None: nothing measured yet."""

    name: str
    truth: Hour
    found: Hour | None
    average: Hour | None
    form: str | Promise
    subject: str | Promise


@dataclass(frozen=True, slots=True)
class Reveal:
    lesson: Lesson
    own: Conclusion
    is_right: bool
    guess: str
    channels: list[ChannelShown]
    claims: list[str]
    others: list[Conclusion]


def reveal(own: Conclusion) -> Reveal:
    """Takes the conclusion that stands: without one there is nothing to tell."""
    workspace = own.workspace
    lesson = LESSONS[look(workspace.pk).company.world.name]
    run = latest_done(workspace)
    claims = (
        [] if run is None else [one for one in run.findings.all() if not (one.is_idea or one.twin_factor)]
    )
    others = Conclusion.objects.filter(workspace=workspace).exclude(pk=own.pk).select_related("person")
    return Reveal(
        lesson=lesson,
        own=own,
        is_right=own.guess == lesson.world,
        guess=LESSONS[own.guess].title if own.guess in LESSONS else "",
        channels=_channels(workspace, run),
        claims=[words.claim(one) for one in claims],
        others=list(others.order_by("pk")),
    )


def _channels(workspace: Workspace, run: Run | None) -> list[ChannelShown]:
    channels = list(Channel.objects.filter(workspace=workspace, removed_at=None).order_by("pk"))
    averages = _averages(workspace)
    found: dict[int, int] = {}
    for slot in run.slots if run is not None else ():
        found.setdefault(int(slot["channel"]), int(slot["slot"]) % 24)
    places = async_to_sync(partial(_places, workspace, channels))()
    return [
        _shown(channel, places[channel.pk], found.get(channel.pk), averages.get(channel.pk))
        for channel in channels
        if channel.pk in places
    ]


async def _places(workspace: Workspace, channels: list[Channel]) -> dict[int, Place]:
    """Of those that their simulated network knows and whose public has forms to like."""
    practice = practice_world(workspace.world)
    await practice.look_at_clock()
    found = {}
    for channel in channels:
        try:
            place = await place_of(practice, channel)
        except LookupError:
            continue
        if place.forms:
            found[channel.pk] = place
    return found


def _averages(workspace: Workspace) -> dict[int, int]:
    """By channel the hour that an average of its posts calls the best."""
    counts: Mapping[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    marks = Mark.objects.filter(
        channel__workspace=workspace, age_days=AGE_DAYS, interactions__isnull=False
    ).values_list("channel_id", "published_at", "interactions")
    for channel_id, at, interactions in marks:
        counts[channel_id][at.astimezone(workspace.tz).hour].append(interactions or 0)
    return {
        channel_id: max(sorted(hours), key=lambda hour: sum(hours[hour]) / len(hours[hour]))
        for channel_id, hours in counts.items()
    }


def _shown(channel: Channel, place: Place, found: int | None, average: int | None) -> ChannelShown:
    truth = place.audience.truth(place.order)
    forms = {form: truth.content(best_made(truth, form)) for form in place.forms}
    best = max(forms, key=forms.__getitem__)
    is_alike = not truth.world.matters
    return ChannelShown(
        name=card(channel.network).name,
        truth=_hour(place, best_hour(truth)),
        found=None if found is None else _hour(place, found),
        average=None if average is None else _hour(place, average),
        form=pgettext("form of a post", "all alike") if is_alike else FORMS[best],
        subject=pgettext("subject of a post", "all alike")
        if is_alike
        else SUBJECTS[best_made(truth, best).pillar],
    )


def _hour(place: Place, hour: int) -> Hour:
    timing = place.audience.truth(place.order).timing
    worth = [sum(timing[day * 24 + one] for day in range(7)) / 7 for one in range(24)]
    usual = sum(worth[one] for one in WAKING) / len(WAKING)
    gain = math.expm1(worth[hour] - usual)
    return Hour(_("%(hour)s o’clock") % {"hour": hour}, words.signed(gain))
