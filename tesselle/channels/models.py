"""Channels and the per-installation apps that some networks need."""

from django.db import models
from django.utils import timezone

from tesselle.connectors.protocols import Account
from tesselle.vault import secrets
from tesselle.workspaces.models import Workspace


class Channel(models.Model):
    """One account on one network. `facts` is what connecting learned (JSON, no secrets).

    `blocked_reason` and `blocked_note` say what a person has to mend; empty when healthy.
    `version` grows with each change a worker must notice.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="channels")
    network = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    remote_id = models.CharField(max_length=300)
    server = models.CharField(max_length=300)
    handle = models.CharField(max_length=200)
    display_name = models.CharField(max_length=200, blank=True)
    profile_url = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, db_default={})
    sealed_credentials = models.TextField(blank=True, db_default="")
    sealed_session = models.TextField(blank=True, db_default="")
    renewing_until = models.DateTimeField(null=True, blank=True)
    blocked_reason = models.CharField(max_length=20, blank=True, db_default="")
    blocked_note = models.JSONField(default=dict, db_default={})
    paused_at = models.DateTimeField(null=True, blank=True)
    needs_approval = models.BooleanField(default=False, db_default=False)
    fresh_minutes = models.PositiveIntegerField(default=60, db_default=60)
    version = models.PositiveIntegerField(default=1, db_default=1)
    connected_at = models.DateTimeField(default=timezone.now)
    history_read_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "server", "remote_id"], name="one_channel_per_remote_account"
            )
        ]
        ordering = ["network", "handle"]

    def __str__(self) -> str:
        return f"{self.display_name or self.handle} ({self.network})"

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    def account(self) -> Account:
        """The connector's view, credentials opened."""
        return Account(
            kind=self.kind,
            remote_id=self.remote_id,
            handle=self.handle,
            server=self.server,
            facts=self.facts,
            credentials=secrets.unseal(self.sealed_credentials),
        )


class NetworkApp(models.Model):
    """The client id and secret this installation was given by a network (or by one server of it)."""

    network = models.CharField(max_length=30)
    server = models.CharField(max_length=300, blank=True)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "server"], name="one_app_per_server")]

    def __str__(self) -> str:
        return f"{self.network} {self.server}"
