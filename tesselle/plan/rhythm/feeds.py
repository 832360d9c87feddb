"""Secret addresses of the calendar: opened, read, withdrawn. The address itself is kept nowhere."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import pgettext

from tesselle.journal.services import record
from tesselle.plan.calendar.outings import Outing
from tesselle.plan.calendar.reading import NOTHING, Words, stretch_between, words_of
from tesselle.plan.models import CalendarFeed, Event
from tesselle.plan.rhythm.ical import Entry, written
from tesselle.plan.selectors import ChannelRow, channels
from tesselle.web.states import look
from tesselle.workspaces.models import User, Workspace

BACK, AHEAD = timedelta(days=60), timedelta(days=365)


@transaction.atomic
def open_feed(workspace: Workspace, name: str, *, by: User, days: int = 0) -> tuple[CalendarFeed, str]:
    """The feed, and the token of its address: told once. `days`: a page for so long."""
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        workspace=workspace,
        name=name,
        digest=_digest(token),
        created_by=by,
        page=days > 0,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    _tell("feed.opened", feed, by)
    return feed, token


@transaction.atomic
def withdraw(feed: CalendarFeed, *, by: User) -> None:
    """Its address answers nothing from now on; that cannot be undone, since nobody keeps the address."""
    changed = CalendarFeed.objects.filter(pk=feed.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if changed:
        _tell("feed.withdrawn", feed, by)


def find(token: str, *, page: bool = False) -> CalendarFeed | None:
    """Neither withdrawn nor at its end; a page's address is no calendar program's."""
    return (
        CalendarFeed.objects.filter(digest=_digest(token), withdrawn_at=None, workspace__deleted_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), page=page)
        .select_related("workspace")
        .first()
    )


def address(token: str, *, page: bool = False) -> str:
    return f"{settings.PUBLIC_URL}{reverse('plan:shared' if page else 'plan:feed', args=[token])}"


def calendar_file(feed: CalendarFeed) -> str:
    """What is planned and what went out, in the workspace's language."""
    workspace = feed.workspace
    now = workspace.now()
    planned = stretch_between(workspace, now - BACK, now + AHEAD)
    shown = [one for one in planned.outings if one.group != "over"]
    words = words_of(workspace, [one.first.id for one in shown])
    names = channels(workspace)
    with translation.override(workspace.language):
        entries = [_entry(one, words.get(one.first.id, NOTHING), names) for one in shown]
        entries += [
            Entry(f"event-{event.pk}@tesselle", event.first_day, event.name, last=event.last_day)
            for event in Event.objects.filter(workspace=workspace, last_day__gte=(now - BACK).date())
        ]
        name = (
            f"{workspace.name} · {pgettext('calendar', 'practice')}"
            if workspace.is_practice
            else workspace.name
        )
        return written(name, entries, stamped=timezone.now())


def _entry(outing: Outing, words: Words, names: dict[int, ChannelRow]) -> Entry:
    places = ", ".join(dict.fromkeys(names[going.channel_id].name for going in outing.goings))
    said = f"{look(outing.state).word} · {places}"
    return Entry(
        uid=f"outing-{outing.first.id}@tesselle",
        start=outing.at,
        summary=words.title or pgettext("post", "Untitled"),
        description="\n\n".join(part for part in (said, words.text) if part),
        url=settings.PUBLIC_URL + reverse("publish:delivery", args=[outing.first.id]),
        is_certain=outing.group in ("planned", "out"),
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _tell(verb: str, feed: CalendarFeed, by: User) -> None:
    record(
        verb,
        workspace_id=feed.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=feed.workspace_id,
        name=feed.name,
    )
