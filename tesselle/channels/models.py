"""Channels and the per-installation apps that some networks need."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.connectors.protocols import Account, OwnApp
from tesselle.networks import card
from tesselle.vault import secrets
from tesselle.workspaces.models import Workspace


class Channel(models.Model):
    """One account on one network. `facts` is what connecting learned (JSON, no secrets).

    `connected_at`: first, by the workspace's clock, as what is measured from then on.
    `blocked_reason` and `blocked_note` say what a person has to mend; empty when healthy.
    `version` grows with each change a worker must notice. `way`: how it was signed in, "" for what
    was pasted. `renew_at`: when a worker renews the sign-in ahead of need; `signed_in_until`: when a
    person has to repeat it at the latest; both None where there is no such instant. `renew_note`:
    why the last renewal failed. `app`: the application's id it was signed in through, "" where none is known.
    `month_budget`: what may be spent there a month, in the network's own currency, where it bills.
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
    way = models.CharField(max_length=30, blank=True, db_default="")
    app = models.CharField(max_length=300, blank=True, default="", db_default="")
    renew_at = models.DateTimeField(null=True, blank=True)
    renew_failures = models.PositiveIntegerField(default=0, db_default=0)
    renew_note = models.JSONField(default=dict, db_default={})
    signed_in_until = models.DateTimeField(null=True, blank=True)
    blocked_reason = models.CharField(max_length=20, blank=True, db_default="")
    blocked_note = models.JSONField(default=dict, db_default={})
    paused_at = models.DateTimeField(null=True, blank=True)
    needs_approval = models.BooleanField(default=False, db_default=False)
    fresh_minutes = models.PositiveIntegerField(default=60, db_default=60)
    month_budget = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
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
        indexes = [
            models.Index(fields=["renew_at"], condition=Q(renew_at__isnull=False), name="channel_renewal"),
            models.Index(fields=["network", "app"], condition=~Q(app=""), name="channels_of_an_app"),
        ]
        ordering = ["network", "handle"]

    def __str__(self) -> str:
        return f"{self.display_name or self.handle} ({self.network})"

    @property
    def named(self) -> str:
        """With its network: one company is called the same on all of them."""
        try:
            network = card(self.network).name
        except LookupError:  # a network that this release no longer has
            network = self.network
        return f"{self.display_name or self.handle} ({network})"

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
    """The client id and secret this installation was given by a network, or by one server of it.

    `base`: where that network's API is spoken to instead of its usual place. `facts`: the redirect
    address and the rights it was made known with, for those we register by ourselves.
    """

    network = models.CharField(max_length=30)
    way = models.CharField(max_length=30, blank=True, db_default="")
    server = models.CharField(max_length=300, blank=True)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.TextField(blank=True)
    base = models.CharField(max_length=300, blank=True, db_default="")
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "way", "server"], name="one_app_per_way")]

    def __str__(self) -> str:
        return f"{self.network} {self.way} {self.server}"

    def own(self) -> OwnApp:
        """The connector's view, secret opened."""
        return OwnApp(
            client_id=self.client_id,
            client_secret=secrets.unseal(self.sealed_secret).get("secret", ""),
            base=self.server or self.base,
            scopes=tuple(self.facts.get("scopes", ())),
        )


class SwitchedOn(models.Model):
    """A network that ships switched off, and that whoever runs the installation switched on."""

    network = models.CharField(max_length=30, unique=True)
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.network} since {self.at:%Y-%m-%d %H:%M}"


class SignInUnderWay(models.Model):
    """Somebody was sent to a network's page and has not come back. Taken out once, by its state.

    Ids, not foreign keys: a row lives ten minutes and belongs to no workspace's export.
    """

    state_digest = models.CharField(max_length=64, unique=True)
    session_digest = models.CharField(max_length=64)
    user_id = models.BigIntegerField()
    workspace_id = models.BigIntegerField()
    network = models.CharField(max_length=30)
    way = models.CharField(max_length=30)
    channel_id = models.BigIntegerField(null=True)
    sealed = models.TextField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-in at {self.network} until {self.until:%H:%M}"


class ChannelTest(models.Model):
    """One self-test of a channel: what was looked at, and what came of it."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="tests")
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200, blank=True)
    results = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["channel", "-at"], name="channel_test_newest")]
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"test of {self.channel_id} at {self.at:%Y-%m-%d %H:%M}"


class RemoteChoices(models.Model):
    """A list that was read from the network (boards, playlists), kept so that writing never waits.

    `under`: the value of the option it depends on, "" for none.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="choices")
    option = models.CharField(max_length=60)
    under = models.CharField(max_length=300, blank=True, db_default="")
    choices = models.JSONField(default=list)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "option", "under"], name="one_list_per_option")
        ]

    def __str__(self) -> str:
        return f"{self.option} of {self.channel_id}"
