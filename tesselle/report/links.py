"""Links by which somebody without an account reads one report. The token itself is kept nowhere."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.journal.services import record
from tesselle.report.models import ReportLink
from tesselle.report.scope import Scope, journal_of, kept_under, scope_of
from tesselle.workspaces.models import User, Workspace

DAYS = (7, 30, 90)
_JOINED = ("workspace", "campaign__workspace", "campaign__objective")


@transaction.atomic
def make_link(
    workspace: Workspace, scope: Scope, *, name: str, days: int, by: User | None
) -> tuple[ReportLink, str]:
    """The link and its token, which is shown once."""
    token = secrets.token_urlsafe(32)
    link = ReportLink.objects.create(
        workspace=workspace,
        **kept_under(scope),
        name=name,
        digest=_digest(token),
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    _tell(link, "link_made", by)
    return link, token


@transaction.atomic
def withdraw_link(link: ReportLink, *, by: User) -> None:
    if ReportLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        _tell(link, "link_withdrawn", by)


def find(token: str) -> ReportLink | None:
    """The link of this token while it may be used; None for every other token."""
    return open_links().filter(digest=_digest(token)).select_related(*_JOINED).first() if token else None


def open_links() -> QuerySet[ReportLink]:
    return ReportLink.objects.filter(
        withdrawn_at=None, expires_at__gt=timezone.now(), workspace__deleted_at=None
    )


def links_of(workspace: Workspace) -> list[ReportLink]:
    """Those that may still be used, the newest first."""
    return list(open_links().filter(workspace=workspace).select_related(*_JOINED).order_by("-made_at", "-pk"))


def _digest(token: str) -> str:
    # Drawn at random, 256 bits: a plain hash is enough.
    return hashlib.sha256(token.encode()).hexdigest()


def _tell(link: ReportLink, verb: str, by: User | None) -> None:
    named, of = journal_of(scope_of(link), verb)
    record(
        named,
        workspace_id=link.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="report_link",
        subject_id=link.pk,
        name=link.name,
        **of,
    )
