"""Criteria, tools, what is known of each tool, and the decision."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.academy.models.path import Path

BEST_SCORE = 4


class Criterion(models.Model):
    """`key`: its row in the catalogue; empty for one's own."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=120)
    definition = models.CharField(max_length=300, blank=True)
    measure = models.CharField(max_length=300, blank=True)
    weight = models.DecimalField(
        max_digits=5, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gte=0, weight__lte=100), name="criterion_weight_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """An eliminating condition: a tool that fails it is out, whatever its scores."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="gates")
    key = models.CharField(max_length=30, blank=True)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class Tool(models.Model):
    """`considered`: it takes part in the ranking."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="tools")
    key = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=80)
    considered = models.BooleanField(default=False)
    advantages = models.TextField(blank=True)
    drawbacks = models.TextField(blank=True)
    trial = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["path", "name"], name="tools_have_different_names")]

    def __str__(self) -> str:
        return self.name


class Cell(models.Model):
    """One tool by one criterion: the fact with its source and day, and one's own score with its note.

    `score` None: not known yet, which is not zero.
    """

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="cells")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="cells")
    fact = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    read_on = models.DateField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(BEST_SCORE)]
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tool", "criterion"], name="one_cell_per_tool_and_criterion"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__lte=BEST_SCORE), name="score_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool_id} / {self.criterion_id}: {self.score}"


class Verdict(models.Model):
    """Whether a tool passes a gate. No row, or `passed` None: not known."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="verdicts")
    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="verdicts")
    passed = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tool", "gate"], name="one_verdict_per_tool_and_gate")]

    def __str__(self) -> str:
        return f"{self.tool_id} / {self.gate_id}: {self.passed}"


class Questionnaire(models.Model):
    """One's own answers to the usability questionnaire for a tool, newest last. 1 to 5, ten of them."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="questionnaires")
    at = models.DateTimeField(default=timezone.now)
    answers = models.JSONField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.tool_id} at {self.at:%Y-%m-%d}"


class Decision(models.Model):
    """What was decided and why; the newest stands, the earlier ones stay. `ranking`: as it was then."""

    class Outcome(models.TextChoices):
        TOOL = "tool", pgettext_lazy("decision", "This tool")
        NONE = "none", pgettext_lazy("decision", "None of them")

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="decisions")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=4, choices=Outcome.choices)
    tool_name = models.CharField(max_length=80, blank=True)
    against_name = models.CharField(max_length=80, blank=True)
    reasons = models.TextField()
    missed = models.TextField(blank=True)
    ranking = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.tool_name}"
