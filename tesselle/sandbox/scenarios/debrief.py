"""The end of a scenario: what was reached, what could be expected of it, and what the best plan would have
brought. All from the truth of its world, which is told here because it is over."""

import math
from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.measure.numbers import whole
from tesselle.networks import card
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.measuring import Facts, OwnPost, own_places
from tesselle.simulation.best import Place, best_hour, best_made

FORMS: dict[str, str | Promise] = {
    "text": pgettext_lazy("form of a post", "words alone"),
    "link": pgettext_lazy("form of a post", "a link"),
    "image": pgettext_lazy("form of a post", "one picture"),
    "carousel": pgettext_lazy("form of a post", "several pictures"),
    "video": pgettext_lazy("form of a post", "a film"),
    "document": pgettext_lazy("form of a post", "a document"),
    "poll": pgettext_lazy("form of a post", "a poll"),
}
SUBJECTS: dict[str, str | Promise] = {
    "work": pgettext_lazy("subject of a post", "work done, before and after"),
    "advice": pgettext_lazy("subject of a post", "advice"),
    "people": pgettext_lazy("subject of a post", "the people behind it"),
    "offer": pgettext_lazy("subject of a post", "offers and prices"),
    "event": pgettext_lazy("subject of a post", "events and opening hours"),
    "other": pgettext_lazy(
        "subject of a post", "a subject of another kind: neither work, advice, people, offers nor events"
    ),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Of one channel. `more`: what the best content brings above what was written, at the same
    hours; `hour_more`: what its best hour brings above those that were chosen, None where it is less than
    one per cent."""

    network: str
    posts: int
    own_hour: str
    best_hour: str
    hour_more: str | None
    own_form: str | Promise
    best_form: str | Promise
    subject: str | Promise
    more: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """`share`: of the best; `luck`: by how much chance moved the result, what came of answers apart. `left`: followers,
    over `complaints` without an answer; `by_answers`: comments that came because somebody was answered."""

    reached: int
    expected: int
    best: int
    share: str
    luck: str
    luck_took: bool
    left: int
    complaints: int
    by_answers: int
    lessons: list[Lesson]


def debrief(run: ScenarioRun, facts: Facts) -> Debrief:
    expected = sum(post.expected for post in facts.posts)
    luck = (facts.interactions - facts.by_answers) / expected - 1 if expected >= 1 else 0.0
    places = own_places(run)
    channels = Channel.objects.filter(pk__in=places).order_by("pk")
    return Debrief(
        reached=facts.interactions,
        expected=round(expected),
        best=round(run.best),
        share=whole(expected / run.best if run.best else 0),
        luck=whole(abs(luck)),
        luck_took=luck < 0,
        left=facts.left,
        complaints=facts.complaints,
        by_answers=facts.by_answers,
        lessons=[
            _lesson(
                channel.network,
                places[channel.pk],
                [post for post in facts.posts if post.channel_id == channel.pk],
            )
            for channel in channels
        ],
    )


def _lesson(network: str, place: Place, posts: list[OwnPost]) -> Lesson:
    truth, zone = place.audience.truth(place.order), ZoneInfo(place.audience.company.zone)
    hour = best_hour(truth)
    forms = {form: truth.content(best_made(truth, form)) for form in place.forms}
    best_form = max(forms, key=lambda form: forms[form])
    best = best_made(truth, best_form)
    at_best = sum(truth.timing[day * 24 + hour] for day in range(7)) / 7
    own_hours = Counter(post.at.astimezone(zone).hour for post in posts)
    own_forms = Counter(post.made.format for post in posts)
    timing = [truth.timing[place.audience.company.slot(post.at)] for post in posts]
    content = [truth.content(post.made) for post in posts]
    return Lesson(
        network=card(network).name,
        posts=len(posts),
        own_hour=f"{own_hours.most_common(1)[0][0]}:00" if posts else "",
        best_hour=f"{hour}:00",
        hour_more=whole(hour_more) if (hour_more := _more(at_best, timing)) >= 0.005 else None,
        own_form=FORMS.get(own_forms.most_common(1)[0][0], "") if posts else "",
        best_form=FORMS[best_form],
        subject=SUBJECTS[best.pillar],
        more=whole(_more(forms[best_form], content)),
    )


def _more(best: float, own: list[float]) -> float:
    """The best above the usual one of ours, as a share; nothing to compare with, nothing to gain."""
    return max(0.0, math.exp(best - sum(own) / len(own)) - 1) if own else 0.0
