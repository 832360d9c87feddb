"""Workspaces whose experiments have a pair to look at."""

from tesselle.adapt.models import Pair
from tesselle.learn.models import Run
from tesselle.learn.rows import AGE_DAYS
from tesselle.measure.models import Mark


def ask_where_pairs_wait() -> int:
    """A run for each workspace with a pair whose two posts have their figures; how many."""
    open_pairs = Pair.objects.filter(
        void="", looked_at=None, experiment__state="running", due_a__isnull=False
    ).select_related("experiment__workspace")
    ripe = {
        pair.experiment.workspace
        for pair in open_pairs
        if Mark.objects.filter(
            series__delivery__in=[pair.delivery_a_id, pair.delivery_b_id], age_days=AGE_DAYS
        ).count()
        == 2
    }
    going = set(
        Run.objects.filter(workspace__in=ripe, state__in=["asked", "running"]).values_list(
            "workspace_id", flat=True
        )
    )
    fresh = [workspace for workspace in ripe if workspace.pk not in going]
    Run.objects.bulk_create((Run(workspace=one) for one in fresh), ignore_conflicts=True)
    return len(fresh)
