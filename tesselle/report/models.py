"""Links to one report, and to whom it goes by mail; how it looks; what people wrote into it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import User, Workspace


def _month_or_campaign(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(month__isnull=False, campaign=None) | Q(month=None, campaign__isnull=False), name=name
    )


class ReportLink(models.Model):
    """Whoever holds it may read one report until it ends. Only the hash of its token is kept.

    `name`: to whom it was given. `month`: its first day; or `campaign`.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="report_links")
    month = models.DateField(null=True)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="report_links")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-made_at"], name="report_link_by_age")]
        constraints = [_month_or_campaign("report_link_of_one")]

    def __str__(self) -> str:
        return f"report of {self.campaign or self.month} for {self.name}"


class ReportMailing(models.Model):
    """An address that reports go to by mail: last month's, each month on a day; or, `day` None, each
    campaign's once it is over.

    `next_at`: when it goes next or is tried again; for campaigns, when they are looked at next.
    `trouble`: why the last one did not go, as a note.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="report_mailings")
    address = models.EmailField()
    day = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=10)
    next_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "address"],
                condition=Q(day__isnull=False),
                name="one_report_mail_per_address",
            ),
            models.UniqueConstraint(
                fields=["workspace", "address"], condition=Q(day=None), name="one_campaign_mail_per_address"
            ),
        ]

    def __str__(self) -> str:
        when = "after each campaign" if self.day is None else f"on day {self.day}"
        return f"report to {self.address} {when}"


class MailedCampaign(models.Model):
    """A campaign whose report went to that address: it does not go again."""

    mailing = models.ForeignKey(ReportMailing, on_delete=models.CASCADE, related_name="campaigns")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "campaign"], name="one_mail_per_campaign_and_address")
        ]

    def __str__(self) -> str:
        return f"report of {self.campaign} to {self.mailing.address}"


class Letterhead(models.Model):
    """The company's colour on its reports, as #rrggbb; empty: ours. Its logo is that of the library."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="letterhead")
    colour = models.CharField(max_length=7, blank=True)

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.colour}"


class WrittenPart(models.Model):
    """What a person wrote in place of one part of a draft. `month`: its first day; or `campaign`."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="written_parts")
    month = models.DateField(null=True)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="written_parts")
    part = models.CharField(max_length=10)
    text = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "month", "part"], name="one_text_per_part_and_month"
            ),
            models.UniqueConstraint(fields=["campaign", "part"], name="one_text_per_part_and_campaign"),
            _month_or_campaign("written_part_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.campaign or self.month}"
