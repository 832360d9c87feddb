"""What is in the time shown beside what was meant: the mix of subjects, and each channel's rhythm."""

from collections import Counter
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

from tesselle.networks import card
from tesselle.plan.calendar.asked import View
from tesselle.plan.calendar.shown import Shown
from tesselle.strategy.models import Cadence
from tesselle.web.kept_query import SOME_ID, KeptQuery


@dataclass(frozen=True, slots=True)
class Target:
    """`share`: of what is meant, in percent, for a bar; never above 100. `is_short`: clearly less."""

    hue: str
    name: str
    words: str
    share: int
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    mix: tuple[Target, ...]
    rhythm: tuple[Target, ...]
    without: int
    """Posts without a subject: they are not in the shares."""

    def __bool__(self) -> bool:
        return bool(self.mix or self.rhythm)


SHORT = 0.75


def targets_of(shown: Shown) -> Targets:
    """Of a month, a week or a list; nothing where the calendar is narrowed, since then a part is missing."""
    if shown.asked.is_narrowed or shown.asked.view not in (View.MONTH, View.WEEK, View.LIST):
        return Targets((), (), 0)
    counted = [outing for outing in shown.outings if outing.group != "over"]
    subjects = Counter(outing.first.pillar_id for outing in counted)
    known = {pk: count for pk, count in subjects.items() if pk in shown.pillars}
    posts = Counter(going.channel_id for outing in counted for going in outing.goings)
    return Targets(_mix(shown, known), _rhythm(shown, posts), len(counted) - sum(known.values()))


def _mix(shown: Shown, counts: dict[int, int]) -> tuple[Target, ...]:
    total = sum(counts.values())
    found = []
    for pk, pillar in shown.pillars.items():
        if not pillar.target_percent or pillar.retired_at is not None:
            continue
        count = counts.get(pk, 0)
        share = round(100 * count / total) if total else 0
        words = gettext("%(share)s%% here, %(meant)s%% meant") % {
            "share": share,
            "meant": pillar.target_percent,
        }
        meant = pillar.target_percent / 100 * total
        found.append(
            Target(
                pillar.hue,
                pillar.name,
                words,
                min(100, round(100 * share / pillar.target_percent)),
                is_short=meant >= 1 and count < SHORT * meant,
            )
        )
    return tuple(found)


def _network(slug: str) -> str:
    try:
        return card(slug).name
    except LookupError:  # a network that this release no longer has
        return slug


_cadences = KeptQuery(
    lambda: Cadence.objects.filter(channel__workspace=SOME_ID, channel__removed_at=None), is_planned_once=True
)


def _rhythm(shown: Shown, posts: Counter[int]) -> tuple[Target, ...]:
    days = len(shown.asked.days)
    meant = {one.channel_id: one.a_day * days for one in _cadences.records({SOME_ID: shown.workspace.pk})}
    found = []
    for pk, row in shown.channels.items():
        if pk not in meant:
            continue
        count, wanted = posts[pk], meant[pk]
        words = gettext("%(count)s here, about %(meant)s meant") % {
            "count": count,
            "meant": number_format(wanted, decimal_pos=0 if wanted >= 3 else 1),
        }
        share = min(100, round(100 * count / wanted))
        found.append(
            Target(
                "slate",
                f"{row.name} ({_network(row.network)})",
                words,
                share,
                is_short=count < SHORT * wanted,
            )
        )
    return tuple(found)
