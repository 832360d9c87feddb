"""Who has to say yes, who is asked, links that ask, and what was answered."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Revision
from tesselle.domain import approving
from tesselle.library.models import Asset
from tesselle.workspaces.models import User, Workspace


class ApprovalStep(models.Model):
    """One line of a channel's rule: `count` people of a kind, after those of the lines before.

    A channel without lines asks for one yes, of a manager or by a link.
    """

    class Who(models.TextChoices):
        ANYONE = approving.ANYONE, pgettext_lazy("approval", "Somebody who manages, or a link")
        EDITOR = approving.EDITOR, pgettext_lazy("approval", "An editor, or more")
        MANAGER = approving.MANAGER, pgettext_lazy("approval", "A manager, or an owner")
        OWNER = approving.OWNER, pgettext_lazy("approval", "An owner")
        OUTSIDE = approving.OUTSIDE, pgettext_lazy("approval", "Somebody outside, by a link")
        PERSON = approving.PERSON, pgettext_lazy("approval", "One person")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="approval_steps")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=8, choices=Who.choices)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["channel", "position"]
        constraints = [models.UniqueConstraint(fields=["channel", "position"], name="approval_in_order")]

    def __str__(self) -> str:
        return f"{self.position}. {self.count} × {self.who}"

    @property
    def demand(self) -> approving.Demand:
        return approving.Demand(self.who, self.count, self.person_id or 0)


class Asking(models.Model):
    """The members were asked about this revision; an edit of it asks them again."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="asking")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"asked about {self.revision_id}"


class Wanted(models.Model):
    """Whose turn it is to say yes of a revision; kept when something is asked or said."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="wanted")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "user"], name="wanted_once")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.revision_id}"


class ReviewLink(models.Model):
    """Whoever holds it may answer for some posts until it ends. Only the hash of its token is kept.

    `name`: to whom it was given; it stands beside each answer.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="review_links")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-made_at"], name="review_link_by_age")]

    def __str__(self) -> str:
        return f"review by {self.name}"


class AskedPost(models.Model):
    """A post that a link asks about, as it stands whenever the link is opened."""

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="asked")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="asked")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "post"], name="asked_once_by_a_link")]

    def __str__(self) -> str:
        return f"{self.post_id} by {self.link_id}"


class Answer(models.Model):
    """What somebody said of one revision. `who` is kept as written: a link has no account; `role`: the
    member's when they said it. `remark`: the same words, where they are pinned to a passage or a picture."""

    class Verdict(models.TextChoices):
        YES = "yes", pgettext_lazy("answer", "Yes")
        CHANGE = "change", pgettext_lazy("answer", "Change this")

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="answers")
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    comment = models.TextField(blank=True)
    who = models.CharField(max_length=150)
    role = models.CharField(max_length=12, blank=True, default="", db_default="")
    link = models.ForeignKey(ReviewLink, null=True, on_delete=models.SET_NULL, related_name="answers")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_default=Now())
    remark = models.OneToOneField("Comment", null=True, on_delete=models.SET_NULL, related_name="answer")

    class Meta:
        indexes = [models.Index(fields=["revision", "-id"], name="answers_of_a_revision")]

    def __str__(self) -> str:
        return f"{self.who}: {self.verdict}"


class Comment(models.Model):
    """Something said about a post. `is_inside`: for the workspace's members only; the others are read and
    written by whoever holds a link too.

    Pinned to `passage`, words of the text as they were, or to a point of a picture (`across`, `down`: 0 to 1
    from the upper left corner), or to nothing.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    is_inside = models.BooleanField(default=True)
    text = models.TextField()
    who = models.CharField(max_length=150)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    link = models.ForeignKey(ReviewLink, null=True, on_delete=models.SET_NULL, related_name="comments")
    at = models.DateTimeField(default=timezone.now)
    passage = models.CharField(max_length=400, blank=True)
    asset = models.ForeignKey(Asset, null=True, on_delete=models.SET_NULL, related_name="+")
    across = models.FloatField(null=True)
    down = models.FloatField(null=True)
    mentioned = models.ManyToManyField(User, related_name="+", blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["post", "id"], name="comments_of_a_post")]

    def __str__(self) -> str:
        return f"{self.who} about {self.post_id}"
