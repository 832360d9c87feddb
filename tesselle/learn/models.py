"""One run of the statistics over a workspace, and what it found."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.workspaces.models import User, Workspace


class Run(models.Model):
    """`instant`: the workspace's own now when it ran. `step`: what it is doing, for who waits.

    `slots`: what the hours of the week are worth by channel, as `StoredSlot` rows. `waiting`: by
    channel id how many posts have figures, of those with fewer than are needed.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    class Step(models.TextChoices):
        READING = "reading"
        COMPARING = "comparing"
        KEEPING = "keeping"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="learning_runs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED, db_default="asked")
    step = models.CharField(max_length=10, choices=Step.choices, blank=True, db_default="")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    instant = models.DateTimeField(null=True)
    posts = models.PositiveIntegerField(default=0, db_default=0)
    luck_share = models.FloatField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True, db_default="")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    slots = models.JSONField(default=list, db_default=[])
    waiting = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], condition=Q(state__in=["asked", "running"]), name="one_run_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["workspace", "state", "-id"], name="run_latest")]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.workspace_id} ({self.state})"

    @property
    def is_going(self) -> bool:
        return self.state in (self.State.ASKED, self.State.RUNNING)


class Finding(models.Model):
    """One contrast with its evidence. `low`, `middle`, `high`: the gain as a fraction, the central 80 %.

    `is_idea`: not sure enough to be told as a finding. `twin_*`: cannot be told apart from that one.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="findings")
    place = models.PositiveSmallIntegerField()
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="+")
    factor = models.CharField(max_length=30)
    level = models.CharField(max_length=80)
    certainty = models.CharField(max_length=20)
    probability = models.FloatField()
    low = models.FloatField()
    middle = models.FloatField()
    high = models.FloatField()
    posts = models.PositiveIntegerField()
    others = models.PositiveIntegerField()
    is_idea = models.BooleanField(default=False)
    twin_factor = models.CharField(max_length=30, blank=True)
    twin_level = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["is_idea", "place"]

    def __str__(self) -> str:
        return f"{self.factor} {self.level}: {self.middle:+.0%} ({self.certainty})"
