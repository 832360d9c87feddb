"""The guided project: a strategy for a fictional company, tried in a scenario of the practice mode."""

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.academy.models.path import Path, Phase
from tesselle.academy.models.time import TimeEntry
from tesselle.workspaces.models import Workspace


class GuidedProject(models.Model):
    """`workspace`: where its scenario is played; None: deleted since. The newest one goes on."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="projects")
    scenario = models.CharField(max_length=30)
    workspace = models.ForeignKey(Workspace, null=True, on_delete=models.SET_NULL, related_name="+")
    phase = models.ForeignKey(Phase, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.path_id}: {self.scenario}"


class StepKey(models.TextChoices):
    """In their order."""

    AIM = "aim", pgettext_lazy("step of a project", "Aim")
    PLAN = "plan", pgettext_lazy("step of a project", "Plan")
    RUN = "run", pgettext_lazy("step of a project", "Run")
    READ = "read", pgettext_lazy("step of a project", "Read")
    ADAPT = "adapt", pgettext_lazy("step of a project", "Adapt")
    DEBRIEF = "debrief", pgettext_lazy("step of a project", "Debrief")


class ProjectStep(models.Model):
    """`since`: the newest keys of what is looked at, as they were when it began (a practice clock may say
    any date, so instants prove nothing). `found`: what proved it, as plain values.
    `missed`: the questions about figures that were answered wrongly, by key. `words`: the person's."""

    project = models.ForeignKey(GuidedProject, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=10, choices=StepKey.choices)
    begun_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    since = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    missed = models.JSONField(default=list)
    words = models.TextField(blank=True)
    entry = models.ForeignKey(TimeEntry, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_step_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.project_id} / {self.key}"
