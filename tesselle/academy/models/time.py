"""The hours it took, and what was difficult."""

from django.db import models
from django.utils import timezone

from tesselle.academy.models.path import Path, Phase


class TimeEntry(models.Model):
    """`minutes` None: the stopwatch is running since `began_at`."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="time_entries")
    phase = models.ForeignKey(Phase, null=True, on_delete=models.SET_NULL, related_name="entries")
    activity = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(null=True, blank=True)
    by_stopwatch = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["path"], condition=models.Q(minutes=None), name="one_stopwatch_per_path"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.minutes}"


class Difficulty(models.Model):
    """`overcome` empty: it is still open."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="difficulties")
    phase = models.ForeignKey(Phase, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    met_on = models.DateField()
    what = models.TextField()
    overcome = models.TextField(blank=True)
    is_greatest = models.BooleanField(default=False)

    class Meta:
        ordering = ["met_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["path"], condition=models.Q(is_greatest=True), name="one_greatest_difficulty"
            )
        ]

    def __str__(self) -> str:
        return self.what
