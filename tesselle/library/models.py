"""What was uploaded."""

from django.db import models
from django.utils import timezone

from tesselle.domain.content import Media
from tesselle.workspaces.models import User, Workspace


class Asset(models.Model):
    """One picture or film. `file` lies below MEDIA_ROOT; `sha256` is of the kept file."""

    class Kind(models.TextChoices):
        IMAGE = "image"
        VIDEO = "video"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="assets")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    mime = models.CharField(max_length=60)
    file = models.FileField(max_length=300)
    original_name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField()
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    seconds = models.FloatField(default=0)
    sha256 = models.CharField(max_length=64)
    alt = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["workspace", "sha256"], name="asset_by_content")]

    def __str__(self) -> str:
        return self.original_name

    @property
    def path(self) -> str:
        """The file's path below MEDIA_ROOT."""
        return str(self.file.name)

    def as_media(self, alt: str | None = None) -> Media:
        return Media(
            kind="video" if self.kind == self.Kind.VIDEO else "image",
            mime=self.mime,
            size_bytes=self.size_bytes,
            width_px=self.width_px,
            height_px=self.height_px,
            seconds=self.seconds,
            alt=self.alt if alt is None else alt,
            asset=str(self.file.name),
        )
