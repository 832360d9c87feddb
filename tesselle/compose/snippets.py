"""Snippets and groups of hashtags: written, changed, let go of."""

import regex
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.compose.models import Snippet
from tesselle.journal.services import record
from tesselle.workspaces.models import User, Workspace

_BETWEEN = regex.compile(r"[\s,;]+")


def snippets_of(workspace: Workspace, query: str = "") -> QuerySet[Snippet]:
    """By name, or by what stands in them."""
    rows = Snippet.objects.filter(workspace=workspace, removed_at=None)
    return rows.filter(name__icontains=query) | rows.filter(body__icontains=query) if query else rows


def as_hashtags(text: str) -> str:
    """What was typed as a list of tags, each with its sign, none twice."""
    tags: dict[str, str] = {}
    for word in _BETWEEN.split(text):
        if tag := word.lstrip("#＃"):
            tags.setdefault(tag.casefold(), f"#{tag}")
    return " ".join(tags.values())


@transaction.atomic
def save_snippet(snippet: Snippet, *, by: User) -> Snippet:
    snippet.body = snippet.body.strip()
    if snippet.kind == Snippet.Kind.HASHTAGS:
        snippet.body = as_hashtags(snippet.body)
    snippet.save()
    _tell("snippet.saved", snippet, by)
    return snippet


@transaction.atomic
def set_removed(snippet: Snippet, removed: bool, *, by: User) -> None:
    """What was inserted from it stays where it is."""
    snippet.removed_at = timezone.now() if removed else None
    snippet.save(update_fields=["removed_at"])
    _tell("snippet.removed" if removed else "snippet.restored", snippet, by)


def _tell(verb: str, snippet: Snippet, by: User) -> None:
    record(
        verb,
        workspace_id=snippet.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=snippet.workspace_id,
        name=snippet.name,
    )
