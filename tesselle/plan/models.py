"""Posting slots: the weekly times at which a channel usually posts."""

from django.db import models
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.domain.slots import WeeklySlot


class PostingSlot(models.Model):
    """`weekday`: Monday is 0. `at` is wall time in the workspace's zone, to the minute."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="posting_slots")
    weekday = models.PositiveSmallIntegerField()
    at = models.TimeField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "weekday", "at"], name="one_slot_per_time"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="slot_has_a_weekday"),
        ]
        ordering = ["weekday", "at"]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.weekday} {self.at:%H:%M}"

    @property
    def weekly(self) -> WeeklySlot:
        return WeeklySlot(self.weekday, self.at)
