"""What is one's own beside the catalogue: cases to work prices out for, trials, lessons, results from elsewhere."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.academy.models.choosing import Tool
from tesselle.academy.models.path import Path


class PriceCase(models.Model):
    """So many people and channels, with or without approval."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="price_cases")
    name = models.CharField(max_length=60)
    people = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(500)])
    channels = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(500)])
    approval = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class TrialRun(models.Model):
    """One set task tried with a tool. `seconds` None: the stopwatch is running."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="trial_runs")
    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="trial_runs")
    task = models.CharField(max_length=200)
    began_at = models.DateTimeField(default=timezone.now)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    managed = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["path"], condition=Q(seconds=None), name="one_trial_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.seconds}"


class OwnLesson(models.Model):
    """A tutorial or an exercise of whatever tool was chosen. `done_on` empty: still to do."""

    class Kind(models.TextChoices):
        TUTORIAL = "tutorial", pgettext_lazy("lesson", "Tutorial")
        EXERCISE = "exercise", pgettext_lazy("lesson", "Exercise")

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="own_lessons")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TUTORIAL)
    title = models.CharField(max_length=150)
    source = models.CharField(max_length=300, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class OwnResult(models.Model):
    """One post of another tool, as its table tells. `figures`: by the name of the column."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="own_results")
    day = models.DateField()
    network = models.CharField(max_length=60)
    post = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.network}, {self.day}"
