"""Posts, revisions, variants."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.domain.content import Content
from tesselle.domain.text.entities import find_hashtags
from tesselle.domain.text.opening import first_words
from tesselle.library.models import Asset
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Campaign, Objective, Pillar
from tesselle.workspaces.models import User, Workspace


class Post(models.Model):
    """The idea. What it says is in its revisions; without deliveries it is a draft.

    `planned`: it has a delivery; the database keeps it (a trigger of the ledger), nothing else writes it.
    `sent_as`: the form and the words that it was made from (`sending`); sent twice, they make one post.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="posts")
    name = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    current = models.ForeignKey("Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.SET_NULL, related_name="posts")
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.SET_NULL, related_name="posts")
    objective = models.ForeignKey(Objective, null=True, on_delete=models.SET_NULL, related_name="posts")
    planned = models.BooleanField(default=False, db_default=False, editable=False)
    sent_as = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-created_at"], name="post_newest_first"),
            models.Index(
                fields=["workspace", "-created_at", "-id"],
                condition=Q(planned=False, deleted_at__isnull=True),
                name="post_drafts",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"post {self.pk}"

    @property
    def aim(self) -> Aim:
        return Aim(self.pillar_id or 0, self.campaign_id or 0, self.objective_id or 0)


class Revision(models.Model):
    """One frozen form of a post: the shared words, and a variant for each channel."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    shared = models.JSONField(default=dict)
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revisions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.post_id}.{self.number}"

    @property
    def shared_content(self) -> Content:
        return Content.from_json(self.shared)


class Variant(models.Model):
    """What one channel gets, resolved and complete. `tailored`: its words are its own.

    `approved_at`: everybody whose yes its channel asks for has said it.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    body = models.JSONField()
    tailored = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "channel"], name="one_variant_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} / {self.channel_id}"

    @property
    def content(self) -> Content:
        return Content.from_json(self.body)


class WorkingCopy(models.Model):
    """What one person is writing and has not saved: the composer's form, kept while it is typed in.

    `post` None: a post that was never saved. `discarded_at`: put away by its author, for a day.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="working_copies")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="working_copies")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="working_copies")
    draft = models.JSONField(default=dict)
    kept_at = models.DateTimeField(default=timezone.now)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "author"], name="one_working_copy_per_post_and_person")
        ]
        indexes = [models.Index(fields=["author", "-kept_at"], name="working_copy_by_author")]

    def __str__(self) -> str:
        return f"{self.author} writes {self.post or 'a new post'}"

    @property
    def name(self) -> str:
        """The first words, to tell it from others in a list."""
        shared = self.draft.get("shared", {})
        return first_words(str(shared.get("title") or shared.get("text") or ""))


class Snippet(models.Model):
    """Words that a team writes again and again: a text, or a group of hashtags."""

    class Kind(models.TextChoices):
        TEXT = "text"
        HASHTAGS = "hashtags"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="snippets")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    name = models.CharField(max_length=60)
    body = models.TextField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "name"], name="snippet_by_name")]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def hashtags(self) -> int:
        return sum(1 for _ in find_hashtags(self.body))


class Idea(models.Model):
    """Something that may become a post: some words, some pictures, from whoever had it.

    `post`: what was made of it. `put_away_at`: it was looked at and left; it can be brought back.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="ideas")
    text = models.TextField(max_length=4000, blank=True)
    media = models.ManyToManyField(Asset, related_name="ideas", blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas")
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at"], name="idea_newest_first")]

    def __str__(self) -> str:
        return first_words(self.text)
