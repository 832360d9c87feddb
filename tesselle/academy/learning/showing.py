"""Showing one's progress to a teacher or an employer, by a link that needs no account and can be withdrawn."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.academy.models import Path, ProgressLink
from tesselle.academy.telling import tell
from tesselle.academy.tokens import digest_of, new_token
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_

DAYS = (7, 30, 90)
MOST_LINKS = 20


@transaction.atomic
def show_progress(path: Path, *, name: str, days: int) -> tuple[ProgressLink, str]:
    """Raises RuleError: there are too many open ones already."""
    Path.objects.select_for_update(of=("self",)).get(pk=path.pk)
    if open_links(path).count() >= MOST_LINKS:
        raise RuleError(_TOO_MANY)
    token = new_token()
    expires = timezone.now() + timedelta(days=days)
    link = ProgressLink.objects.create(path=path, name=name, digest=digest_of(token), expires_at=expires)
    tell("path.progress_shown", path, name=name)
    return link, token


@transaction.atomic
def withdraw(link: ProgressLink) -> None:
    if ProgressLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        tell("path.progress_hidden", link.path, name=link.name)


def open_links(path: Path) -> QuerySet[ProgressLink]:
    return path.progress_links.filter(revoked_at=None, expires_at__gt=timezone.now())


def shown_path(token: str) -> Path | None:
    """While the link is good; None for every other token."""
    good = ProgressLink.objects.filter(
        digest=digest_of(token),
        revoked_at=None,
        expires_at__gt=timezone.now(),
        path__workspace__deleted_at=None,
    )
    link = good.select_related("path__person", "path__workspace").first()
    return None if link is None else link.path


_TOO_MANY = N_("Twenty links are open already. Withdraw one that is no longer needed first.")
