"""What networks tell, read again and again, and the posts that were made elsewhere."""

from django.db import models
from django.db.models.functions import Now

from tesselle.channels.models import Channel
from tesselle.domain.indicators import Base
from tesselle.ledger.models import Delivery
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import Workspace


class Series(models.Model):
    """What is to be read again: one published thing, or a channel (`delivery` None).

    `next_at`: when to read next, None when the schedule is over. `failures` in a row. `followers`: of
    the channel on the day of publication, kept as it was.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="series")
    delivery = models.OneToOneField(Delivery, null=True, on_delete=models.CASCADE, related_name="series")
    remote = models.JSONField(null=True)
    published_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, db_default=0)
    latest = models.JSONField(default=dict, db_default={})
    latest_at = models.DateTimeField(null=True)
    followers = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel"], condition=models.Q(delivery__isnull=True), name="one_series_per_channel"
            )
        ]
        indexes = [models.Index(fields=["next_at"], name="series_due")]

    def __str__(self) -> str:
        return f"series {self.pk}"


class Snapshot(models.Model):
    """Every metric a network told of one thing at one instant. A metric not told is absent."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="snapshots")
    at = models.DateTimeField()
    values = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["series", "at"], name="snapshot_in_order")]

    def __str__(self) -> str:
        return f"{self.series_id} at {self.at:%Y-%m-%d %H:%M}"


class Mark(models.Model):
    """A post's figures at a fixed age: what pages compare and add up instead of snapshots.

    Kept once, from the first reading that stands for the age; what that reading lacked is null.
    `interactions`: the declared set, null when a part of it is missing. `pillar`, `campaign`: of the post,
    kept here too, so that no page has to find it by three joins.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="marks")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="marks")
    published_at = models.DateTimeField()
    age_days = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    campaign = models.ForeignKey(
        Campaign, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    followers = models.BigIntegerField(null=True)
    interactions = models.BigIntegerField(null=True)
    impressions = models.BigIntegerField(null=True)
    reach = models.BigIntegerField(null=True)
    reactions = models.BigIntegerField(null=True)
    comments = models.BigIntegerField(null=True)
    shares = models.BigIntegerField(null=True)
    saves = models.BigIntegerField(null=True)
    clicks = models.BigIntegerField(null=True)
    video_views = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "age_days"], name="one_mark_per_post_and_age")
        ]
        indexes = [
            # With all that the dashboards add up: nothing of the rows themselves is read for them.
            models.Index(
                fields=["channel", "age_days", "published_at"],
                include=(
                    "read_at",
                    "pillar",
                    "campaign",
                    "followers",
                    "interactions",
                    "impressions",
                    "reach",
                ),
                name="mark_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.series_id} after {self.age_days} days"


class ChannelDay(models.Model):
    """How many follow a channel, by day of the workspace's calendar; the day's last reading."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    followers = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "day"], name="one_count_per_channel_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} on {self.day}: {self.followers}"


class FigureChoice(models.Model):
    """What a workspace's engagement rates are divided by, on every page."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="figure_choice")
    base = models.CharField(
        max_length=10, choices=[(base.value, base.value) for base in Base], default=Base.FOLLOWERS.value
    )

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.base}"


class PastPost(models.Model):
    """A post made elsewhere, read when the channel was connected."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="past_posts")
    remote_id = models.CharField(max_length=400)
    url = models.CharField(max_length=500, blank=True)
    posted_at = models.DateTimeField()
    text = models.TextField(blank=True)
    media_count = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "remote_id"], name="one_past_post_per_remote_thing")
        ]
        indexes = [models.Index(fields=["channel", "posted_at"], name="past_post_calendar")]

    def __str__(self) -> str:
        return f"{self.remote_id} ({self.posted_at:%Y-%m-%d})"
