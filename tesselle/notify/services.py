"""Telling: the notice in the page at once, the letters for a worker to send."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from tesselle.domain.messages import Message
from tesselle.mail.services import is_set_up
from tesselle.notify.models import Device, Letter, Notice, Wish
from tesselle.notify.wishes import Way, ways_for
from tesselle.web.live.hub import CHANNEL
from tesselle.workspaces.models import Member, User, Workspace

DIGEST_HOUR = 7
GATHER = timedelta(seconds=20)
"""So long a mail waits for what belongs to it: ten posts of one channel are one mail."""


@transaction.atomic
def tell(
    workspace: Workspace, users: Collection[int], kind: str, what: Message, *, url: str, key: str
) -> int:
    """Those of `users` who belong to the workspace; returns how many newly know. `key`: what happened."""
    members = Member.objects.filter(workspace=workspace, user__in=users, user__is_active=True)
    people = [member.user for member in members.select_related("user")]
    known = set(Notice.objects.filter(key=key, user__in=people).values_list("user_id", flat=True))
    fresh = [person for person in people if person.pk not in known]
    words = {"sentence": what.sentence, "params": dict(what.params)}
    notices = [
        Notice(workspace=workspace, user=person, kind=kind, key=key, words=words, url=url, at=workspace.now())
        for person in fresh
    ]
    Notice.objects.bulk_create(notices)
    if not workspace.is_practice:
        _write_letters(workspace, notices)
    for person in fresh:
        _tell_the_pages(workspace, person.pk)
    return len(fresh)


@transaction.atomic
def mark_read(user: User, workspace: Workspace, notice_id: int | None = None) -> None:
    """One, or all of this workspace. What was read needs no mail any more."""
    unread = Notice.objects.filter(user=user, workspace=workspace, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    Letter.objects.filter(notice__in=unread).delete()
    if unread.update(read_at=timezone.now()):
        _tell_the_pages(workspace, user.pk)


@transaction.atomic
def take_back(workspace: Workspace, key_begins: str) -> int:
    """What was told is settled: nobody has to read it, and no letter leaves any more."""
    unread = Notice.objects.filter(workspace=workspace, key__startswith=key_begins, read_at=None)
    people = set(unread.values_list("user_id", flat=True))
    Letter.objects.filter(notice__in=unread).delete()
    unread.update(read_at=timezone.now())
    for user_id in people:
        _tell_the_pages(workspace, user_id)
    return len(people)


def next_digest(now: datetime, zone: ZoneInfo) -> datetime:
    """The next time it is seven in the morning there."""
    here = now.astimezone(zone)
    today = datetime.combine(here.date(), time(DIGEST_HOUR), zone)
    return (
        today if today > here else datetime.combine(here.date() + timedelta(days=1), time(DIGEST_HOUR), zone)
    )


def _write_letters(workspace: Workspace, notices: list[Notice]) -> None:
    if not notices:
        return
    users = {notice.user_id for notice in notices}
    ways = ways_for(users, notices[0].kind)
    reachable = set(Device.objects.filter(user__in=users).values_list("user_id", flat=True))
    mails, now = is_set_up(), timezone.now()
    letters = []
    for notice in notices:
        way = ways[notice.user_id]
        if mails and way.mail != Wish.Mail.NO:
            letters.append(Letter(notice=notice, way=Letter.Way.MAIL, due_at=_mail_due(way, notice, now)))
        if way.push and notice.user_id in reachable:
            letters.append(Letter(notice=notice, way=Letter.Way.PUSH, due_at=now))
    Letter.objects.bulk_create(letters)


def _mail_due(way: Way, notice: Notice, now: datetime) -> datetime:
    if way.mail == Wish.Mail.NOW:
        return now + GATHER
    return next_digest(now, notice.user.tz or notice.workspace.tz)


def _tell_the_pages(workspace: Workspace, user_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{workspace.pk} notice {user_id}"])
