"""The answers given so far on the way to a first strategy."""

from django.db import models
from django.utils import timezone

from tesselle.workspaces.models import Workspace


class Beginning(models.Model):
    """`answers`: by step, as they were typed, right or not: nothing is lost by going back.

    `done_at`: when the strategy was made from them.
    """

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="strategy_beginning")
    step = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"beginning of {self.workspace_id}, step {self.step}"
