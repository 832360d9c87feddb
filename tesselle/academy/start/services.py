"""Keeping, freezing and opening the start."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from tesselle.academy.models import FrozenStart, Path
from tesselle.academy.start.forms import Start
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_


@transaction.atomic
def keep_start(path: Path, start: Start) -> None:
    """Raises RuleError: it was frozen meanwhile."""
    if _locked(path).is_frozen:
        raise RuleError(_FROZEN)
    start.save()


@transaction.atomic
def freeze_start(path: Path) -> FrozenStart:
    """A copy that never changes, with the instant it was made.

    Raises:
        RuleError: it says too little to compare with, or is frozen already.
    """
    locked = _locked(path)
    if locked.is_frozen:
        raise RuleError(_FROZEN)
    if not locked.subject or not locked.expectations or not locked.objectives.exists():
        raise RuleError(_TOO_LITTLE)
    now = timezone.now()
    number = locked.frozen_starts.count() + 1
    frozen = FrozenStart.objects.create(path=locked, number=number, at=now, content=content_of(locked))
    Path.objects.filter(pk=path.pk).update(frozen_at=now)
    tell("path.frozen", locked, number=number)
    return frozen


@transaction.atomic
def reopen_start(path: Path) -> None:
    """To correct it; what was frozen stays, and the report still compares with the first."""
    if Path.objects.filter(pk=path.pk, frozen_at__isnull=False).update(frozen_at=None):
        tell("path.reopened", path)


def content_of(path: Path) -> dict[str, Any]:
    return {
        "subject": path.subject,
        "company": path.company,
        "context": path.context,
        "expectations": path.expectations,
        "start_due": path.start_due.isoformat() if path.start_due else "",
        "report_due": path.report_due.isoformat() if path.report_due else "",
        "skills": [{"name": skill.name, "before": skill.before} for skill in path.skills.all()],
        "objectives": [
            {"text": one.text, "proof": one.proof, "due": one.due.isoformat() if one.due else ""}
            for one in path.objectives.all()
        ],
        "phases": [{"name": one.name, "minutes": one.planned_minutes} for one in path.phases.all()],
        "questions": [{"given": one.given, "worded": one.worded} for one in path.questions.all()],
    }


def _locked(path: Path) -> Path:
    return Path.objects.select_for_update(of=("self",)).select_related("person").get(pk=path.pk)


_FROZEN = N_("The start is frozen, so nothing was changed. Open it again to correct it.")
_TOO_LITTLE = N_(
    "The start cannot be frozen yet: there would be nothing to compare the report with. "
    "Write the subject, what you expect and at least one objective, then save."
)
