"""What people bring: tables of figures, and visits of their website."""

from django.db import models
from django.db.models.functions import Now

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.measure.models.figures import PastPost, Series, Snapshot
from tesselle.measure.models.visit_source import VisitSource
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import User, Workspace

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
