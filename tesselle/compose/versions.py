"""The versions of a post: what each changed, and going back to one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from tesselle.compose.comparing import FieldDifference, differences
from tesselle.compose.desk import Desk, set_up
from tesselle.compose.draft import Draft, of_revisions
from tesselle.compose.models import Post, Revision
from tesselle.compose.saving import wordings_of
from tesselle.compose.services import save_post
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.workspaces.models import User


@dataclass(frozen=True, slots=True)
class Version:
    """`added`, `removed`: words, counted over all fields; `changes`: against the version before it."""

    revision: Revision
    changes: tuple[FieldDifference, ...]
    is_first: bool
    is_current: bool

    @property
    def added(self) -> int:
        return _words(self.changes, "added")

    @property
    def removed(self) -> int:
        return _words(self.changes, "removed")


def _words(changes: tuple[FieldDifference, ...], kind: str) -> int:
    return sum(len(p.text.split()) for change in changes for p in change.pieces if p.kind == kind)


def versions_of(post: Post, revisions: Sequence[Revision], older: Revision | None) -> list[Version]:
    """`revisions`: neighbours, the newest first; `older`: the one before the last of them, if any."""
    known = [*revisions, older] if older else list(revisions)
    drafts = of_revisions(known, post, post.workspace)
    desk = set_up(post.workspace, post, Draft())
    before: list[Draft | None] = [*drafts[1:], None]
    return [
        Version(
            revision,
            differences(desk.with_draft(draft), earlier) if earlier is not None else (),
            is_first=earlier is None,
            is_current=revision.pk == post.current_id,
        )
        for revision, draft, earlier in zip(revisions, drafts, before, strict=False)
    ]


def against_current(post: Post, revision: Revision) -> tuple[FieldDifference, ...]:
    """What going back to it would change."""
    if post.current is None:
        return ()
    chosen, current = of_revisions([revision, post.current], post, post.workspace)
    desk = set_up(post.workspace, post, Draft()).with_draft(current)
    return differences(desk.with_draft(chosen), current)


@transaction.atomic
def restore(post: Post, number: int, *, instead_of: int, by: User) -> Post:
    """The words of that version become the newest one; all that came between stays in the history.

    Raises:
        RuleError: somebody saved meanwhile, or there is no such version. Nothing is changed.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("workspace", "current").get(pk=post.pk)
    if post.current is None or post.current.number != instead_of:
        raise RuleError(_OVERTAKEN)
    revision = post.revisions.filter(number=number).first()
    if revision is None:
        raise RuleError(_GONE)
    desk = _desk_of(post, revision)
    saved = save_post(
        workspace=post.workspace,
        author=by,
        shared=desk.shared_content(),
        wordings=wordings_of(desk),
        post=post,
    )
    record(
        "post.restored",
        workspace_id=post.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="post",
        subject_id=post.pk,
        revision=number,
    )
    return saved


@transaction.atomic
def rewrite_for(post: Post, channel_ids: Sequence[int], *, by: User) -> Post:
    """A new version with the words as they are, for exactly those channels."""
    draft = of_revisions([post.current], post, post.workspace)[0] if post.current else Draft()
    desk = set_up(post.workspace, post, replace(draft, chosen=tuple(channel_ids)))
    return save_post(
        workspace=post.workspace,
        author=by,
        shared=desk.shared_content(),
        wordings=wordings_of(desk),
        post=post,
        name=post.name,
    )


def _desk_of(post: Post, revision: Revision) -> Desk:
    """Channels and pictures that are gone meanwhile stay out."""
    return set_up(post.workspace, post, of_revisions([revision], post, post.workspace)[0])


_OVERTAKEN = N_("Somebody saved this post meanwhile. Nothing was changed: look at the newest version first.")
_GONE = N_("This version is no longer there. Nothing was changed.")
