"""Short links, and how often each was followed, by channel and day."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.workspaces.models import User, Workspace


class Link(models.Model):
    """Where `code` leads. `post`: the first that carried it; None for one made by hand (`label`: a flyer,
    the profile). `withdrawn_at`: answers 410 since then."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="links")
    code = models.CharField(max_length=12, unique=True)
    target = models.CharField(max_length=2000)
    label = models.CharField(max_length=80, blank=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="links")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-made_at"], name="link_newest_first")]

    def __str__(self) -> str:
        return self.label or self.target


class LinkDay(models.Model):
    """Of one day of the workspace's calendar. `filtered`: followed by machines, not counted as visits."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="days")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="link_days")
    day = models.DateField()
    visits = models.PositiveIntegerField(default=0)
    filtered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "channel", "day"], nulls_distinct=False, name="one_count_per_link_and_day"
            ),
            models.CheckConstraint(condition=Q(visits__gt=0) | Q(filtered__gt=0), name="a_count_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} on {self.day}: {self.visits}"


class LinkChoice(models.Model):
    """Whether addresses in posts become short links by themselves."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="link_choice")
    automatic = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.workspace_id}: {'automatic' if self.automatic else 'by hand'}"
