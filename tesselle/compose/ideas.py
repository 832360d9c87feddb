"""The idea box: put something in, make a draft of it, put it away."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.compose.models import Idea, Post
from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.library.models import Asset
from tesselle.workspaces.models import User, Workspace


def waiting_ideas(workspace: Workspace) -> QuerySet[Idea]:
    """The newest first."""
    found = Idea.objects.filter(workspace=workspace, post=None, put_away_at=None)
    return found.select_related("by").prefetch_related("media").order_by("-at", "-pk")


@transaction.atomic
def add_idea(workspace: Workspace, *, text: str, media: Sequence[Asset] = (), by: User) -> Idea:
    """Raises RuleError: neither words nor a picture."""
    text = text.strip()
    if not text and not media:
        raise RuleError(_NOTHING)
    idea = Idea.objects.create(workspace=workspace, text=text, by=by)
    idea.media.set(media)
    _tell("idea.added", idea, by)
    return idea


@transaction.atomic
def take_up(idea: Idea, *, by: User) -> Post:
    """A draft with its words and pictures; the idea leaves the box. The same draft for whoever comes second."""
    locked = Idea.objects.select_for_update().select_related("workspace").get(pk=idea.pk)
    if locked.post is not None:
        return locked.post
    pictures = locked.media.filter(deleted_at=None).order_by("pk")
    content = Content(text=locked.text, media=tuple(one.as_media() for one in pictures))
    locked.post = save_post(workspace=locked.workspace, author=by, shared=content, wordings=())
    locked.save(update_fields=["post"])
    _tell("idea.taken_up", locked, by)
    return locked.post


@transaction.atomic
def set_put_away(idea: Idea, is_away: bool, *, by: User) -> None:
    moved = Idea.objects.filter(pk=idea.pk, put_away_at__isnull=is_away)
    if moved.update(put_away_at=timezone.now() if is_away else None):
        _tell("idea.put_away" if is_away else "idea.brought_back", idea, by)


def _tell(verb: str, idea: Idea, by: User) -> None:
    record(
        verb,
        workspace_id=idea.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="idea",
        subject_id=idea.pk,
    )


_NOTHING = N_("Write a few words, or add a picture.")
