"""What somebody writes on the page with the rows, kept on the server until posts are made of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from tesselle.plan.models import PicturesCopy
from tesselle.plan.pictures.batch import numbers
from tesselle.plan.pictures.carrying import carried_out, without_session
from tesselle.workspaces.models import Member

AT_MOST = 20
"""So many are offered."""
KEPT_FOR = timedelta(days=90)
"""After the last change: whoever has not gone on with it for a season has written it elsewhere."""
_EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Begun:
    """One that can be gone on with. `words`: its first ones; `pictures`: how many."""

    id: int
    words: str
    pictures: int
    kept_at: datetime


@transaction.atomic
def keep(member: Member, data: QueryDict) -> PicturesCopy | None:
    """None: there is no picture yet, or posts were made of this page meanwhile.

    What is sent while the page's posts are being made waits for them, as `carry_out` holds the same row.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    once = data.get("once", "")[:40]
    if not numbers(data.getlist("asset")) or carried_out(member.workspace, once) is not None:
        return None
    found = own(member).filter(_of(data)).order_by("-kept_at").first()
    copy = found or PicturesCopy(workspace=member.workspace, author=member.user)
    copy.once, copy.typed, copy.kept_at = once, without_session(data).urlencode(), timezone.now()
    copy.save()
    return copy


def forget(member: Member, data: QueryDict) -> None:
    """Posts were made of it, or it is written on elsewhere."""
    own(member).filter(_of(data)).delete()


def forget_old(now: datetime) -> int:
    """Returns how many were forgotten; their pictures stay in the library."""
    _, gone = PicturesCopy.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return gone.get(PicturesCopy._meta.label, 0)


def _of(data: QueryDict) -> Q:
    """By the number that the page knows, or by the page itself if it was sent before it learned that."""
    once = data.get("once", "")[:40]
    return Q(pk__in=numbers([data.get("kept", "")])) | (Q(once=once) if once else Q(pk__in=()))


def begun_by(member: Member) -> list[Begun]:
    """The latest first."""
    return [_begun(copy) for copy in own(member).order_by("-kept_at")[:AT_MOST]]


def _begun(copy: PicturesCopy) -> Begun:
    data = QueryDict(copy.typed)
    texts = (data.get(f"text-{pk}", "").strip() for pk in data.getlist("asset"))
    words = next(filter(None, texts), "")
    cut = words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1]}…"
    return Begun(copy.pk, cut, len(numbers(data.getlist("asset"))), copy.kept_at)


def own(member: Member) -> QuerySet[PicturesCopy]:
    """Nobody sees another person's."""
    return PicturesCopy.objects.filter(workspace=member.workspace, author=member.user)
