"""Feedback of others on a tool, by a link that needs no account. The token itself is kept nowhere."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.academy.models import Feedback, FeedbackLink, Tool
from tesselle.academy.telling import tell
from tesselle.academy.tokens import digest_of, new_token
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record

LASTS = timedelta(days=30)
MOST_ANSWERS = 50


@transaction.atomic
def make_link(tool: Tool) -> tuple[FeedbackLink, str]:
    token = new_token()
    link = FeedbackLink.objects.create(tool=tool, digest=digest_of(token), expires_at=timezone.now() + LASTS)
    tell("path.tool_asked", tool.path, tool=tool.name)
    return link, token


@transaction.atomic
def revoke_link(link: FeedbackLink) -> None:
    if FeedbackLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        tell("path.link_revoked", link.tool.path, tool=link.tool.name)


def open_links() -> QuerySet[FeedbackLink]:
    return FeedbackLink.objects.filter(
        revoked_at=None, expires_at__gt=timezone.now(), tool__path__workspace__deleted_at=None
    )


def find_link(token: str) -> FeedbackLink | None:
    """While it may be answered; None for every other token."""
    found = open_links().filter(digest=digest_of(token))
    return found.select_related("tool__path__person", "tool__path__workspace").first()


@transaction.atomic
def give_feedback(
    link: FeedbackLink, *, name: str, liked: str, missed: str, answers: Sequence[int]
) -> Feedback:
    """Raises RuleError: the link was closed meanwhile, or has brought all the answers it may."""
    locked = open_links().select_for_update(of=("self",)).filter(pk=link.pk).first()
    if locked is None:
        raise RuleError(_CLOSED)
    if locked.feedback.count() >= MOST_ANSWERS:
        raise RuleError(_FULL)
    given = Feedback.objects.create(
        tool=link.tool, link=locked, name=name, liked=liked, missed=missed, answers=list(answers)
    )
    record(
        "path.feedback_given",
        workspace_id=link.tool.path.workspace_id,
        subject_kind="path",
        subject_id=link.tool.path_id,
        tool=link.tool.name,
    )
    return given


_CLOSED = N_(
    "This link was closed or has expired, so nothing was kept. Ask whoever gave it to you for a new one."
)
_FULL = N_("This link has brought all the answers it can hold. Ask whoever gave it to you for a new one.")
