"""Asking for a look at a site, and taking one that was asked for."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tesselle.academy.models import Path, SiteCheck
from tesselle.academy.telling import tell

ABANDONED_AFTER = timedelta(minutes=10)


@transaction.atomic
def ask(path: Path, address: str) -> SiteCheck:
    """The look that is under way, or a new one. `address` empty: only the profiles."""
    Path.objects.select_for_update(of=("self",)).get(pk=path.pk)
    going = path.site_checks.filter(state__in=[SiteCheck.State.ASKED, SiteCheck.State.RUNNING]).first()
    if going is not None:
        return going
    if address:
        tell("path.site_asked", path, address=address)
    else:
        tell("path.profiles_asked", path)
    return SiteCheck.objects.create(path=path, address=address)


@transaction.atomic
def take() -> SiteCheck | None:
    """The oldest that waits or was abandoned; it is this process's from now on."""
    waiting = SiteCheck.objects.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    waiting = waiting.select_related("path__workspace")
    lost = timezone.now() - ABANDONED_AFTER
    check = (
        waiting.filter(state=SiteCheck.State.ASKED).first()
        or waiting.filter(state=SiteCheck.State.RUNNING, began_at__lt=lost).first()
    )
    if check is not None:
        check.state, check.began_at = SiteCheck.State.RUNNING, timezone.now()
        check.save(update_fields=["state", "began_at"])
    return check


def give_up(check: SiteCheck) -> None:
    SiteCheck.objects.filter(pk=check.pk).update(state=SiteCheck.State.FAILED, ended_at=timezone.now())
