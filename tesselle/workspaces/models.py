"""Users, workspaces, members."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.connectors.registry import World


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """`is_staff`: the operator, who looks after the installation itself. `zone` empty: as the workspace.

    `joined`: their memberships, the oldest first, where they were read together (`sign_in/backend.py`).
    """

    joined: "tuple[Member, ...] | None" = None

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150, blank=True)
    language = models.CharField(max_length=10, default="fr")
    zone = models.CharField(max_length=60, blank=True, db_default="")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # answers for the whole installation (`access`)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def tz(self) -> ZoneInfo | None:
        return ZoneInfo(self.zone) if self.zone else None


class Workspace(models.Model):
    """`currency`: of every amount noted in it; another choice converts none.

    `clock_shift`: what a practice workspace's clock is ahead of the real one.

    `deleted_at`: out of sight since then, and gone for good `deletion.KEPT` later.
    """

    class WorldKind(models.TextChoices):
        REAL = "real", pgettext_lazy("world", "real")
        PRACTICE = "practice", pgettext_lazy("world", "practice")

    class Currency(models.TextChoices):
        """By their ISO 4217 codes; the first is what a workspace begins with."""

        CHF = "CHF", _("Swiss franc (CHF)")
        EUR = "EUR", _("Euro (EUR)")
        GBP = "GBP", _("Pound sterling (GBP)")
        USD = "USD", _("US dollar (USD)")
        CAD = "CAD", _("Canadian dollar (CAD)")
        AUD = "AUD", _("Australian dollar (AUD)")
        DKK = "DKK", _("Danish krone (DKK)")
        MAD = "MAD", _("Moroccan dirham (MAD)")
        NOK = "NOK", _("Norwegian krone (NOK)")
        SEK = "SEK", _("Swedish krona (SEK)")

    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60, default="Europe/Zurich")
    language = models.CharField(max_length=10, default="fr")
    world_kind = models.CharField(max_length=10, choices=WorldKind.choices, default=WorldKind.REAL)
    currency = models.CharField(
        max_length=3, choices=Currency.choices, default=Currency.CHF, db_default=Currency.CHF
    )
    clock_shift = models.DurationField(default=timedelta(0), db_default=timedelta(0))
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_practice(self) -> bool:
        return self.world_kind == self.WorldKind.PRACTICE

    @property
    def world(self) -> World:
        return World(self.world_kind, str(self.pk) if self.is_practice else "")

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def now(self) -> datetime:
        """The workspace's own now: aware, UTC."""
        return timezone.now() + self.clock_shift

    def today(self) -> date:
        """The day it is there."""
        return self.now().astimezone(self.tz).date()


class Role(models.TextChoices):
    """From the most to the least; what each may do is decided in `access`."""

    OWNER = "owner", pgettext_lazy("role", "Owner")
    MANAGER = "manager", pgettext_lazy("role", "Manager")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    CONTRIBUTOR = "contributor", pgettext_lazy("role", "Contributor")
    VIEWER = "viewer", pgettext_lazy("role", "Viewer")


class Member(models.Model):
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.EDITOR)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} / {self.workspace}"


class FirstRunToken(models.Model):
    """The hash of the token that may create the first account (see `first_run`)."""

    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"first-run token of {self.issued_at:%Y-%m-%d %H:%M}"


class Invitation(models.Model):
    """A link that makes whoever holds it a member, once. Only the hash of its token is kept.

    `mailed_at`: it went to `email` by mail and was shown to nobody, so holding it proves the address.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email} to {self.workspace_id}"


class IdentityProvider(models.Model):
    """The OpenID Connect provider of the installation: at most one row. The environment goes before it."""

    name = models.CharField(max_length=60)
    issuer = models.URLField(max_length=500)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_identity_provider")]

    def __str__(self) -> str:
        return self.name
