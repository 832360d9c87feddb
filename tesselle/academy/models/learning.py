"""How far somebody is with the chapters."""

from django.db import models
from django.utils import timezone

from tesselle.academy.models.path import Path


class ChapterProgress(models.Model):
    """`tries`: how often the state was looked at without finding what was asked. `evidence`: what was found."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="chapters")
    slug = models.CharField(max_length=30)
    begun_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "slug"], name="one_progress_per_chapter")]

    def __str__(self) -> str:
        return f"{self.path_id} / {self.slug}"


class QuizAnswer(models.Model):
    """The latest answer to one question."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="quiz_answers")
    chapter = models.CharField(max_length=30)
    question = models.PositiveSmallIntegerField()
    choice = models.PositiveSmallIntegerField()
    tries = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "chapter", "question"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.path_id} / {self.chapter}.{self.question}"


class ProgressLink(models.Model):
    """Shows how far somebody is to whoever holds it, without an account. Only the hash of its token is kept."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="progress_links")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"progress link of {self.path_id} for {self.name}"
