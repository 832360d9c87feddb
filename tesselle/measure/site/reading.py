"""Asking a website's statistics, and keeping what they tell: a day read again is replaced."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from asgiref.sync import async_to_sync
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models.functions import Now

from tesselle.connectors.http.exchange import Exchange, Request
from tesselle.connectors.registry import World, conversation
from tesselle.domain.errors import NetworkError
from tesselle.domain.messages import Message
from tesselle.domain.schedule import retry_in
from tesselle.links.attributing import Marks, register_of
from tesselle.measure.models import SiteVisits, VisitSource
from tesselle.measure.site.matomo import Matomo
from tesselle.measure.site.plausible import Plausible
from tesselle.measure.site.told import SEALED, Asked, Days, Statistics, TooManyError, answer_of
from tesselle.vault import secrets

log = logging.getLogger(__name__)

KINDS: Mapping[str, Statistics] = {
    VisitSource.Kind.PLAUSIBLE: Plausible(),
    VisitSource.Kind.MATOMO: Matomo(),
}
EVERY = timedelta(days=1)
LEASE = timedelta(minutes=10)
FIRST_TIME = timedelta(days=90)
AT_ONCE = timedelta(days=30)
AGAIN = timedelta(days=3)
"""Some statistics are worked out late: the last days are read once more."""

REAL = World("real")


def asked_of(source: VisitSource) -> Asked:
    """Raises NetworkError: the token was sealed with a key that is gone."""
    try:
        token = secrets.unseal(source.sealed_token).get("token", "")
    except InvalidToken:
        raise NetworkError(
            Message(SEALED, {"name": source.get_kind_display(), "site": source.site})
        ) from None
    return Asked(source.get_kind_display(), source.server, source.site, token)


def ask(kind: str, asked: Asked, first: date, last: date) -> Days:
    """Raises NetworkError, with a sentence for people."""
    statistics = KINDS[kind]
    exchanges = async_to_sync(_exchanged)(statistics.requests(asked, first, last))
    return statistics.read(asked, [answer_of(asked, one) for one in exchanges])


async def _exchanged(requests: Sequence[Request]) -> list[Exchange]:
    async with conversation(REAL) as transport:
        return list(await asyncio.gather(*(transport.exchange(one) for one in requests)))


@transaction.atomic
def take() -> VisitSource | None:
    """The one that is due longest; nobody else takes it for a while."""
    due = VisitSource.objects.filter(
        next_at__lte=Now(), workspace__deleted_at=None, workspace__world_kind="real"
    ).select_related("workspace")
    source = due.select_for_update(of=("self",), skip_locked=True).order_by("next_at").first()
    if source is not None:
        source.next_at = source.workspace.now() + LEASE
        source.save(update_fields=["next_at"])
    return source


def read_source(source: VisitSource) -> None:
    """All whole days that are not known yet. What fails is noted in words, and tried again."""
    now, last = source.workspace.now(), source.workspace.today() - timedelta(days=1)
    first = source.read_until - AGAIN if source.read_until is not None else last - FIRST_TIME
    try:
        _read_days(source, first, last)
        source.next_at, source.failures, source.problem, source.read_at = now + EVERY, 0, {}, now
    except NetworkError as error:
        log.info("visits_not_read", extra={"source": source.pk, "kind": source.kind})
        source.next_at, source.failures = now + retry_in(source.failures), source.failures + 1
        source.problem = {"sentence": error.message.sentence, "params": dict(error.message.params)}
    told = {name: getattr(source, name) for name in ("next_at", "failures", "problem", "read_at")}
    VisitSource.objects.filter(pk=source.pk).exclude(sealed_token="").update(**told)


def _read_days(source: VisitSource, first: date, last: date) -> None:
    """A month at once, or less where the statistics tell only so many rows."""
    at_once = AT_ONCE
    while first <= last:
        until = min(first + at_once, last)
        try:
            days = ask(source.kind, asked_of(source), first, until)
        except TooManyError:
            if until == first:
                raise
            at_once = (until - first) // 2
            continue
        put(source, days, first, until)
        first = until + timedelta(days=1)


@transaction.atomic
def put(source: VisitSource, days: Days, first: date, last: date) -> None:
    """In place of what was known of these days. A day that it was asked about and tells nothing of had none."""
    sums: Counter[tuple[date, Marks]] = Counter()
    for day, marks, visits in days.marked:
        sums[day, marks] += visits
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        marked = sum(visits for (other, _marks), visits in sums.items() if other == day)
        sums[day, Marks()] += max(0, days.totals.get(day, 0) - marked)
    register = register_of(source.workspace, [marks for _day, marks in sums])
    SiteVisits.objects.filter(source=source, day__range=(first, last)).delete()
    SiteVisits.objects.bulk_create(
        SiteVisits(
            workspace=source.workspace,
            source=source,
            day=day,
            marks=marks.told,
            visits=visits,
            channel_id=origin.channel_id,
            post_id=origin.post_id,
            campaign_id=origin.campaign_id,
        )
        for (day, marks), visits in sums.items()
        if first <= day <= last
        for origin in (register.origin_of(marks),)
    )
    source.read_until = last
    VisitSource.objects.filter(pk=source.pk).update(read_until=last)
