"""For whom one writes, how often on each channel, and how."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.workspaces.models import Workspace

WEEKS_COUNTED = 4
"""Cadence and monthly figures are counted over four weeks, so that no month is longer than another."""


class Persona(models.Model):
    """Somebody one writes for, on a short card."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="personas")
    name = models.CharField(_("Who"), max_length=80)
    situation = models.CharField(_("Their situation"), max_length=200, blank=True)
    question = models.CharField(_("What they ask themselves"), max_length=200, blank=True)
    objection = models.CharField(_("What holds them back"), max_length=200, blank=True)
    proof = models.CharField(_("What convinces them"), max_length=200, blank=True)
    where = models.CharField(_("Where they look"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Cadence(models.Model):
    """How many posts a channel is meant to get, in a week or in four."""

    class Per(models.TextChoices):
        WEEK = "week", pgettext_lazy("cadence", "a week")
        MONTH = "month", pgettext_lazy("cadence", "in four weeks")

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="cadence")
    times = models.PositiveSmallIntegerField()
    per = models.CharField(max_length=5, choices=Per.choices, default=Per.WEEK)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(times__gte=1, times__lte=99), name="cadence_is_some")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.times} {self.per}"

    @property
    def a_day(self) -> float:
        return self.times / (7 if self.per == self.Per.WEEK else 7 * WEEKS_COUNTED)


class EditorialLine(models.Model):
    """How the workspace speaks (the line), and who may do what (the charter)."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="editorial_line")
    promise = models.TextField(_("What readers get from you"), max_length=500, blank=True)
    tone = models.TextField(_("Tone"), max_length=500, blank=True)
    messages = models.TextField(_("Messages that come again"), max_length=1000, blank=True)
    avoid = models.TextField(_("What you do not publish"), max_length=1000, blank=True)
    publishers = models.TextField(_("Who writes, who approves"), max_length=500, blank=True)
    answers = models.TextField(_("Answering comments and messages"), max_length=500, blank=True)
    trouble = models.TextField(_("When something goes wrong"), max_length=1000, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"line of {self.workspace_id}"
