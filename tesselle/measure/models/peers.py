"""Others that a workspace compares itself with, by what everybody can see."""

from django.db import models
from django.db.models.functions import Now

from tesselle.workspaces.models import User, Workspace


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
