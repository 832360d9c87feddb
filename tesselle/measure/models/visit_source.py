"""Statistics of a website that are read each day."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models.functions import Now

from tesselle.workspaces.models import User, Workspace


class VisitSource(models.Model):
    """`server`: its origin. `site`: what the site is called there. `next_at`: when it is read next; None: no
    longer. `read_until`: the last day that was read. `problem`: why the last reading failed, as a message."""

    class Kind(models.TextChoices):
        PLAUSIBLE = "plausible", "Plausible"
        MATOMO = "matomo", "Matomo"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="visit_sources")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    server = models.CharField(max_length=300)
    site = models.CharField(max_length=200)
    sealed_token = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_until = models.DateField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "server", "site"], name="one_source_per_site"
            )
        ]
        indexes = [models.Index(fields=["next_at"], name="visit_source_due")]

    def __str__(self) -> str:
        """Matomo's sites are numbers: its server says more."""
        is_number = self.kind == self.Kind.MATOMO
        where = f"{urlsplit(self.server).netloc} ({self.site})" if is_number else self.site
        return f"{self.get_kind_display()}, {where}"
