"""Multipliers of intervals: read, and moved after each outcome. Imports no statistics' library."""

from tesselle.insights.calibration import recalibrated
from tesselle.learn.models import Calibration, Prediction
from tesselle.workspaces.models import Workspace


def multiplier(workspace: Workspace, kind: Prediction.Kind) -> float:
    """1 when never calibrated."""
    found = Calibration.objects.filter(workspace=workspace, kind=kind).first()
    return found.multiplier if found is not None else 1.0


def learn_outcome(prediction: Prediction) -> None:
    """After it was judged: narrower when it held, wider when it missed."""
    row, _made = Calibration.objects.get_or_create(workspace_id=prediction.workspace_id, kind=prediction.kind)
    row.multiplier = recalibrated(row.multiplier, missed=not prediction.held)
    row.outcomes += 1
    row.save()
