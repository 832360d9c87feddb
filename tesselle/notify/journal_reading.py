"""What the journal says that people are to be told, each entry once."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tesselle.journal.models import Entry
from tesselle.notify.models import ReadUntil, ToldEntry

VERBS = ("delivery.blocked", "delivery.refused", "delivery.unknown", "delivery.missed", "delivery.partial")
RECENT = timedelta(minutes=10)
"""No transaction of ours lasts so long: older entries are all visible."""


def fresh_entries() -> Iterator[Entry]:
    """Oldest first. Each is marked in a transaction of its own before it is handed over, which the caller's
    telling belongs to."""
    since = _since()
    told = set(ToldEntry.objects.filter(entry_id__gt=since).values_list("entry_id", flat=True))
    entries = Entry.objects.filter(
        pk__gt=since, verb__in=VERBS, at__gt=timezone.now() - timedelta(days=2)
    ).order_by("pk")
    for entry in entries:
        if entry.pk in told:
            continue
        with transaction.atomic():
            # Another process may tell at the same time: who marks it, tells it.
            _mark, is_ours = ToldEntry.objects.get_or_create(entry_id=entry.pk)
            if is_ours:
                yield entry
    _go_on()


def _since() -> int:
    """What happened before anybody was told anything is history."""
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return ReadUntil.objects.get_or_create(pk=1, defaults={"entry_id": newest})[0].entry_id


def _go_on() -> None:
    old = Entry.objects.filter(at__lt=timezone.now() - RECENT).order_by("-pk").values_list("pk", flat=True)
    until = old.first() or 0
    ReadUntil.objects.filter(pk=1, entry_id__lt=until).update(entry_id=until)
    ToldEntry.objects.filter(entry_id__lte=until).delete()
