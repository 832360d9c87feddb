"""What came of it for the business, and what it cost."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import User, Workspace


class BusinessResult(models.Model):
    """What a person noted: requests for quotes and signed jobs, and where they came from.

    `channel` None: "how did you find us?" was not answered, or with something else. `value`: in whole
    units of the workspace's currency, of signed jobs.
    """

    class Kind(models.TextChoices):
        QUOTE = "quote", pgettext_lazy("business result", "Request for a quote")
        JOB = "job", pgettext_lazy("business result", "Signed job")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="business_results")
    day = models.DateField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.SET_NULL, related_name="business_results"
    )
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="business_results")
    count = models.PositiveIntegerField(default=1)
    value = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["workspace", "-day"], name="business_newest_first")]

    def __str__(self) -> str:
        return f"{self.count} {self.kind} on {self.day}"


class Spending(models.Model):
    """Time, money or both that went into something. `amount` in the workspace's currency.

    What belongs to no post, campaign or channel belongs to all of them, and is shared out to none.
    """

    class Purpose(models.TextChoices):
        WRITING = "writing", pgettext_lazy("spending", "Writing and planning")
        PICTURES = "pictures", pgettext_lazy("spending", "Photos and films")
        ANSWERING = "answering", pgettext_lazy("spending", "Answering")
        BOOST = "boost", pgettext_lazy("spending", "Boost, advertising")
        OTHER = "other", pgettext_lazy("spending", "Something else")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="spendings")
    day = models.DateField()
    purpose = models.CharField(max_length=9, choices=Purpose.choices, default=Purpose.WRITING)
    minutes = models.PositiveIntegerField(null=True)
    amount = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="spendings")
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.SET_NULL, related_name="spendings")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="spendings")
    note = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0) | models.Q(amount__gt=0), name="something_was_spent"
            )
        ]
        indexes = [models.Index(fields=["workspace", "-day"], name="spending_newest_first")]

    def __str__(self) -> str:
        return f"{self.minutes or 0} min, {self.amount or 0} on {self.day}"


class CostChoice(models.Model):
    """What an hour of work costs; without it time is shown beside the money, and not in it."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="cost_choice")
    hourly_rate = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.hourly_rate}"
