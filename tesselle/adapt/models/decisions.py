"""Suggestions, and the decisions that people took on them."""

from datetime import time

from django.db import models
from django.db.models import Q

from tesselle.channels.models import Channel
from tesselle.domain.slots import WeeklySlot
from tesselle.learn.models import Finding, Run
from tesselle.workspaces.models import User, Workspace


class Suggestion(models.Model):
    """`low`, `gain`, `high`: what is expected of it, as a fraction, after what usually fades; the central
    80 %. `probability`: that the difference is practically there today.

    A `slot` suggestion: post at `add_*` (and no longer at `drop_*`, where there is one). A `habit`
    suggestion: more posts of what `finding` speaks of; of a pillar it raises its meant share, of cadence
    it slows the rhythm. `past`: the log effect seen, before anything was taken off it.
    """

    class Kind(models.TextChoices):
        SLOT = "slot"
        HABIT = "habit"

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DISMISSED = "dismissed"
        OVERTAKEN = "overtaken"  # a later run no longer says so

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="suggestions")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN, db_default="open")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="suggestions")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.CASCADE, related_name="suggestions")
    add_weekday = models.PositiveSmallIntegerField(null=True)
    add_at = models.TimeField(null=True)
    drop_weekday = models.PositiveSmallIntegerField(null=True)
    drop_at = models.TimeField(null=True)
    certainty = models.CharField(max_length=20)
    probability = models.FloatField()
    low = models.FloatField()
    gain = models.FloatField()
    high = models.FloatField()
    posts = models.PositiveIntegerField()
    tried = models.PositiveIntegerField(default=0)
    past = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "state"], name="suggestion_open")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} suggestion {self.pk} ({self.state})"

    @property
    def added(self) -> WeeklySlot | None:
        return _slot(self.add_weekday, self.add_at)

    @property
    def dropped(self) -> WeeklySlot | None:
        return _slot(self.drop_weekday, self.drop_at)


def _slot(weekday: int | None, at: time | None) -> WeeklySlot | None:
    return None if weekday is None or at is None else WeeklySlot(weekday, at)


class Decision(models.Model):
    """What was decided, on what, and what became of it. Instants are the workspace's own.

    `seen_*`: what was measured since, when it was judged. `before`: shares and rhythms as they were, for
    the undo.
    """

    class Verdict(models.TextChoices):
        HELD = "held"
        NOT_HELD = "not_held"
        CANNOT_TELL = "cannot_tell"

    suggestion = models.OneToOneField(Suggestion, on_delete=models.CASCADE, related_name="decision")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="decisions")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField()
    undone_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=11, choices=Verdict.choices, blank=True, db_default="")
    judged_at = models.DateTimeField(null=True)
    seen_posts = models.PositiveIntegerField(null=True)
    seen_low = models.FloatField(null=True)
    seen_gain = models.FloatField(null=True)
    seen_high = models.FloatField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "review_on"],
                condition=Q(verdict="", undone_at__isnull=True),
                name="decision_to_judge",
            )
        ]
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"decision of {self.decided_at:%Y-%m-%d} ({self.verdict or 'open'})"
