"""Looking at the company's website and profiles."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.academy.models.path import Path


class SiteCheck(models.Model):
    """`done` of `total` requests so far. `pages`: what was read, as address and status. `found`: each finding as
    the key of its norm and its places. `problem`: why nothing could be read. `unread`: what was left for want of
    time or because it is too much."""

    class State(models.TextChoices):
        ASKED = "asked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="site_checks")
    address = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED, db_default="asked")
    asked_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, db_default=0)
    total = models.PositiveIntegerField(default=0, db_default=0)
    pages = models.JSONField(default=list, db_default=[])
    found = models.JSONField(default=list, db_default=[])
    unread = models.PositiveIntegerField(default=0, db_default=0)
    problem = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["path"], condition=Q(state__in=["asked", "running"]), name="one_site_check_at_a_time"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state__in=["asked", "running"]), name="site_check_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.state})"

    @property
    def is_going(self) -> bool:
        return self.state in (self.State.ASKED, self.State.RUNNING)
