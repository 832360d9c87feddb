"""Snapshots of what networks tell, and the posts that were made elsewhere."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.domain.indicators import Base
from tesselle.ledger.models import Delivery
from tesselle.measure.visit_source import VisitSource
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import User, Workspace


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


WEBSITE = "website"
"""Stands for the network of a file that tells of visits to the website."""


class ExportMapping(models.Model):
    """How a workspace's exports of one network, or of its website's visits, are read: remembered from the
    last one.

    `columns`: field -> heading, as `headings.plain` makes it; a field that is left out stays out.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="export_mappings")
    network = models.CharField(max_length=30)
    columns = models.JSONField(default=dict)
    order = models.CharField(max_length=5, blank=True)
    zone = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "network"], name="one_mapping_per_network")
        ]

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.network}"


class FigureImport(models.Model):
    """Figures that a person brought: a file that is looked at, then kept, and that can be undone.

    `channel`: whose posts; None for a file of visits to the website. `table`: the file's rows while it is
    looked at; empty afterwards. `as_of`: the day of the figures. `told`: {"known", "elsewhere", "left_out"},
    how many rows came to what; of visits {"visits", "days", "left_out"}.
    """

    class Way(models.TextChoices):
        FILE = "file"
        HAND = "hand"

    class State(models.TextChoices):
        LOOKED_AT = "looked_at"
        KEPT = "kept"
        UNDONE = "undone"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="figure_imports")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="figure_imports")
    way = models.CharField(max_length=4, choices=Way.choices, default=Way.FILE)
    state = models.CharField(max_length=9, choices=State.choices, default=State.LOOKED_AT)
    name = models.CharField(max_length=200, blank=True)
    as_of = models.DateField()
    table = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    order = models.CharField(max_length=5, blank=True)
    zone = models.CharField(max_length=60)
    told = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["workspace", "-made_at"], name="figure_import_newest_first")]

    def __str__(self) -> str:
        return f"{self.way} {self.name} ({self.state})"

    @property
    def posts_of(self) -> Channel:
        """Of figures of posts, never of visits."""
        assert self.channel is not None
        return self.channel

    @property
    def network(self) -> str:
        return self.channel.network if self.channel is not None else WEBSITE


class BroughtRow(models.Model):
    """What one row of an import changed, so that it can be undone.

    Of a post of ours a `snapshot`, and `marks`: [{"id", "made", "filled", "interactions"}]. Of a post
    made elsewhere `figures`, what the row told, and `before`, what was told until then (None: the row
    made the post known).
    """

    source = models.ForeignKey(FigureImport, on_delete=models.CASCADE, related_name="rows")
    series = models.ForeignKey(Series, null=True, on_delete=models.CASCADE, related_name="brought")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.SET_NULL, related_name="+")
    marks = models.JSONField(default=list)
    past_post = models.ForeignKey(PastPost, null=True, on_delete=models.CASCADE, related_name="brought")
    figures = models.JSONField(default=dict)
    before = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"row of {self.source_id}"


class SiteVisits(models.Model):
    """How many visits to the website bore these marks on a day, as a file or the website's statistics told.

    `brought`: the file it stood in; else `source`. `counts`: no later file tells of that day. `channel`,
    `post`, `campaign`: whom the marks name, as far as they are ours.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="site_visits")
    brought = models.ForeignKey(FigureImport, null=True, on_delete=models.CASCADE, related_name="visits")
    source = models.ForeignKey(VisitSource, null=True, on_delete=models.CASCADE, related_name="visits")
    day = models.DateField()
    marks = models.JSONField(default=dict)
    visits = models.PositiveBigIntegerField()
    counts = models.BooleanField(default=True)
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="site_visits")
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(brought__isnull=True) ^ models.Q(source__isnull=True),
                name="visits_have_one_source",
            )
        ]
        indexes = [models.Index(fields=["workspace", "day"], name="site_visits_in_order")]

    def __str__(self) -> str:
        return f"{self.visits} on {self.day}"


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


class Peer(models.Model):
    """Another company that one compares with, on one network, by what anybody can see.

    `next_at`: when its figures are read next without a person; None where its network does not tell them.
    `trouble`: why the last reading brought nothing, as a note.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="peers")
    network = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=300, blank=True)
    next_at = models.DateTimeField(null=True, db_default=Now())
    trouble = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "network", "name"], name="one_peer_per_name")
        ]
        indexes = [models.Index(fields=["next_at"], name="peer_due")]

    def __str__(self) -> str:
        return self.name


class PeerFigure(models.Model):
    """What stood on a peer's public page on a day. `interactions`: of its last `posts` posts, which a person
    looked at. `all_posts`: how many it has in all. `noted_by` None: read without a person."""

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="figures")
    day = models.DateField()
    followers = models.PositiveBigIntegerField()
    posts = models.PositiveSmallIntegerField(null=True)
    interactions = models.PositiveBigIntegerField(null=True)
    all_posts = models.PositiveBigIntegerField(null=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "day"], name="one_peer_figure_per_day")]

    def __str__(self) -> str:
        return f"{self.peer_id} on {self.day}"
