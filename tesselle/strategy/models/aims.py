"""Pillars, campaigns, objectives of a workspace."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.workspaces.models import Workspace


class Hue(models.TextChoices):
    """The colours that can be told apart in both themes (`tokens.css`)."""

    PETROL = "petrol", pgettext_lazy("colour", "Petrol")
    SKY = "sky", pgettext_lazy("colour", "Sky blue")
    PLUM = "plum", pgettext_lazy("colour", "Plum")
    ROSE = "rose", pgettext_lazy("colour", "Rose")
    CLAY = "clay", pgettext_lazy("colour", "Terracotta")
    GOLD = "gold", pgettext_lazy("colour", "Ochre")
    OLIVE = "olive", pgettext_lazy("colour", "Olive")
    SLATE = "slate", pgettext_lazy("colour", "Slate")


class Pillar(models.Model):
    """A subject that comes again and again. `target_percent`: the share of posts it is meant to have."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="pillars")
    name = models.CharField(max_length=60)
    hue = models.CharField(max_length=8, choices=Hue.choices, default=Hue.PETROL)
    target_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], condition=Q(retired_at=None), name="one_pillar_per_name"
            ),
            models.CheckConstraint(condition=Q(target_percent__lte=100), name="pillar_share_is_a_share"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """Posts that belong together for a while. Both days are included. `objective`: what it is to serve."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="campaigns")
    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()
    objective = models.ForeignKey(
        "Objective", null=True, blank=True, on_delete=models.SET_NULL, related_name="campaigns"
    )
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], condition=Q(retired_at=None), name="one_campaign_per_name"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="campaign_ends_last"),
        ]
        ordering = ["first_day", "id"]

    def __str__(self) -> str:
        return self.name

    def has_ended(self, today: date) -> bool:
        return self.last_day < today


class Objective(models.Model):
    """What is to be reached: a sentence, one figure, where it stands, where to, until when.

    `indicator`: as `aimable` names it; empty while nobody chose one. `channel` None: all together.
    `baseline_low`, `baseline_high`: what chance alone makes of the baseline, four times in five.
    All but the sentence may be missing; `smart.missing` tells what.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="objectives")
    sentence = models.CharField(max_length=160)
    indicator = models.CharField(max_length=30, blank=True, default="", db_default="")
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.SET_NULL, related_name="objectives"
    )
    baseline = models.FloatField(null=True, blank=True)
    baseline_low = models.FloatField(null=True, blank=True)
    baseline_high = models.FloatField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    means = models.CharField(max_length=200, blank=True, default="", db_default="")
    serves = models.CharField(max_length=200, blank=True, default="", db_default="")
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "sentence"],
                condition=Q(retired_at=None),
                name="one_objective_per_sentence",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.sentence


Aimed = Pillar | Campaign | Objective
KINDS: dict[str, type[Pillar] | type[Campaign] | type[Objective]] = {
    "pillar": Pillar,
    "campaign": Campaign,
    "objective": Objective,
}
