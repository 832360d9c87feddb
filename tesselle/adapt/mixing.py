"""Changes of the mix and of the rhythm: what an accepted suggestion does, and how it was before."""

from typing import Any

from tesselle.adapt.models import Suggestion
from tesselle.learn.models import Finding
from tesselle.strategy.models import Cadence, Pillar

STEP = 10
"""Points by which a pillar's meant share grows."""

LEAST_SHARE = 5
A_DAY = 7
"""A rhythm of one post a day, in a week."""


def may_change(finding: Finding) -> bool:
    """Of cadence only what a rhythm can follow: posts apart from one another, where some are denser."""
    if finding.factor != "cadence":
        return True
    return finding.level == "0" and bool(_dense(finding.run.workspace_id))


def _dense(workspace_id: int) -> list[Cadence]:
    found = Cadence.objects.filter(channel__workspace_id=workspace_id, channel__removed_at=None)
    return [one for one in found.order_by("pk") if one.a_day > 1]


def apply(suggestion: Suggestion) -> dict[str, Any]:
    """How shares and rhythms were before; empty where it speaks of neither."""
    finding = suggestion.finding
    if finding is None:
        return {}
    if finding.factor == "pillar":
        return _more_of(suggestion.workspace_id, finding.level)
    if finding.factor == "cadence":
        return _slower(suggestion.workspace_id)
    return {}


def _more_of(workspace_id: int, name: str) -> dict[str, Any]:
    """Ten points more for one pillar, taken from the largest of the others."""
    own = list(
        Pillar.objects.filter(workspace_id=workspace_id, retired_at=None, target_percent__isnull=False)
    )
    wanted = next((one for one in own if one.name == name), None)
    others = [one for one in own if one is not wanted]
    if wanted is None or not others:
        return {}
    largest = max(others, key=lambda one: (one.target_percent or 0, -one.pk))
    points = min(STEP, (largest.target_percent or 0) - LEAST_SHARE)
    if points < 1:
        return {}
    before = {str(one.pk): one.target_percent for one in (wanted, largest)}
    wanted.target_percent = (wanted.target_percent or 0) + points
    largest.target_percent = (largest.target_percent or 0) - points
    for one in (wanted, largest):
        one.save(update_fields=["target_percent"])
    return {"shares": before}


def _slower(workspace_id: int) -> dict[str, Any]:
    before = {}
    for one in _dense(workspace_id):
        before[str(one.pk)] = [one.times, one.per]
        one.times, one.per = A_DAY, Cadence.Per.WEEK
        one.save(update_fields=["times", "per"])
    return {"rhythms": before} if before else {}


def restore(suggestion: Suggestion, before: dict[str, Any]) -> None:
    for pk, share in before.get("shares", {}).items():
        Pillar.objects.filter(pk=int(pk), workspace_id=suggestion.workspace_id).update(target_percent=share)
    for pk, (times, per) in before.get("rhythms", {}).items():
        Cadence.objects.filter(pk=int(pk), channel__workspace_id=suggestion.workspace_id).update(
            times=times, per=per
        )
