"""Working copies: what somebody is writing, kept while they write. Nothing of it goes out or is seen by
others before it is saved."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tesselle.compose.desk import Desk
from tesselle.compose.draft import Draft
from tesselle.compose.kept import draft_from_json, draft_to_json
from tesselle.compose.models import Post, WorkingCopy
from tesselle.compose.sending import sent_before
from tesselle.web.kept_query import A_THIRD_ID, ANOTHER_ID, SOME_ID, KeptQuery
from tesselle.workspaces.models import Member, User

DISCARDED_FOR = timedelta(days=1)
"""So long a discarded copy can be brought back."""
KEPT_FOR = timedelta(days=90)
"""A new post that was never saved, after the last change: whoever has not gone on with it for a season has
written it elsewhere. What is written on a saved post stays with that post."""


@transaction.atomic
def keep(desk: Desk, *, by: User, now: datetime | None = None) -> WorkingCopy | None:
    """Keep what stands on the desk; None when nothing was written yet, or when it was saved meanwhile."""
    if sent_before(desk, by=by) is not None:
        return None
    found = copy_of(desk, by=by)
    if found is None and not _says_something(desk.draft):
        return None
    copy = found or WorkingCopy(workspace=desk.workspace, post=desk.post, author=by)
    copy.draft, copy.kept_at, copy.discarded_at = draft_to_json(desk.draft), now or timezone.now(), None
    if found is None and desk.post is not None:
        # Two tabs of one person may begin at once: the later keeps its words in the same copy.
        kept, _ = WorkingCopy.objects.update_or_create(
            post=desk.post,
            author=by,
            defaults={"workspace": desk.workspace, "draft": copy.draft, "kept_at": copy.kept_at},
        )
        return kept
    copy.save()
    return copy


def copy_of(desk: Desk, *, by: User) -> WorkingCopy | None:
    """This person's copy of the post, or the one that a new post's form names."""
    if desk.post is not None:
        found = _of_post.records({SOME_ID: desk.post.pk, _OF: by.pk, _IN: desk.workspace.pk})
        return found[0] if found else None
    mine = WorkingCopy.objects.filter(workspace=desk.workspace, author=by, post=None)
    return mine.filter(pk=desk.copy_id).first() if desk.copy_id else None


_OF, _IN = ANOTHER_ID, A_THIRD_ID
_of_post = KeptQuery(
    lambda: WorkingCopy.objects.filter(post=SOME_ID, author=_OF, workspace=_IN), is_planned_once=True
)


def forget(desk: Desk, *, by: User) -> None:
    """Saved for good: the copy has done its work."""
    found = copy_of(desk, by=by)
    if found is not None:
        found.delete()
    if desk.post is None:
        # One that was begun while this was on its way, whose name the form does not know yet.
        same = draft_to_json(desk.draft)
        WorkingCopy.objects.filter(workspace=desk.workspace, author=by, post=None, draft=same).delete()
    WorkingCopy.objects.filter(author=by, discarded_at__lt=timezone.now() - DISCARDED_FOR).delete()


def forget_old(now: datetime) -> int:
    """Returns how many new posts were forgotten that nobody went on with; their pictures stay in the library."""
    WorkingCopy.objects.filter(discarded_at__lt=now - DISCARDED_FOR).delete()
    _, gone = WorkingCopy.objects.filter(post=None, kept_at__lt=now - KEPT_FOR).delete()
    return gone.get(WorkingCopy._meta.label, 0)


def opened(copy: WorkingCopy) -> Draft:
    return draft_from_json(copy.draft)


def begun(member: Member) -> list[WorkingCopy]:
    """New posts that this person is writing and has not saved, the latest first."""
    mine = WorkingCopy.objects.filter(workspace=member.workspace, author=member.user, post=None)
    return list(mine.filter(discarded_at=None).order_by("-kept_at")[:50])


def unsaved(post: Post, *, by: User) -> WorkingCopy | None:
    """This person's copy, if it says something else than the post as it was last saved."""
    return WorkingCopy.objects.filter(post=post, author=by, discarded_at=None).first()


def set_discarded(copy: WorkingCopy, discarded: bool) -> None:
    copy.discarded_at = timezone.now() if discarded else None
    copy.save(update_fields=["discarded_at"])


def _says_something(draft: Draft) -> bool:
    every = (draft.shared, *draft.tailored.values())
    return any(
        words.media or words.link or words.title or any(text.strip() for text in words.texts)
        for words in every
    )
