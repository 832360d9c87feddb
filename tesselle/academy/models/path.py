"""The way itself and what stands at its beginning."""

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.workspaces.models import User, Workspace


class Path(models.Model):
    """One person's way within a workspace. `needs`: the keys of the catalogue's needs that are theirs."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="paths")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="paths")
    begun_at = models.DateTimeField(default=timezone.now)
    subject = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=200, blank=True)
    context = models.TextField(blank=True)
    expectations = models.TextField(blank=True)
    start_due = models.DateField(null=True, blank=True)
    report_due = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    needs = models.JSONField(default=list)
    needs_said = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "person"], name="one_path_per_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject or 'path'}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class Level(models.IntegerChoices):
    """How well one knows something, by what one can do."""

    NONE = 0, pgettext_lazy("skill", "Never done")
    HELPED = 1, pgettext_lazy("skill", "With help")
    ALONE = 2, pgettext_lazy("skill", "Alone, with time")
    SURE = 3, pgettext_lazy("skill", "Alone, surely")
    TEACHES = 4, pgettext_lazy("skill", "I can explain it")


class Skill(models.Model):
    """`before` is assessed at the start, `after` at the end; empty: not assessed."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="skills")
    name = models.CharField(max_length=200)
    before = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)
    after = models.PositiveSmallIntegerField(choices=Level.choices, null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Objective(models.Model):
    """What is to be reached, how one will see it, and by when. `reached` None: not judged yet."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="objectives")
    text = models.CharField(max_length=300)
    proof = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    reached = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class Phase(models.Model):
    """A part of the work and the minutes planned for it. `explanation`: why the time came out otherwise."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(max_length=120)
    planned_minutes = models.PositiveIntegerField(default=0)
    explanation = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One of the questions to answer at the end: as it was given, and as this person words it."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="questions")
    given = models.TextField()
    worded = models.TextField()
    theme = models.CharField(max_length=20)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.worded


class FrozenStart(models.Model):
    """The start as it stood at one instant; never changed. The report compares with the first."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="frozen_starts")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["path", "number"], name="frozen_starts_are_numbered")]

    def __str__(self) -> str:
        return f"{self.path_id}.{self.number}"
