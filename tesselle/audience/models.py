"""Lists and subscribers."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.workspaces.models import Workspace


class MailingList(models.Model):
    """`key`: what its channel is called on its network (the channel's `remote_id`); the channel itself is
    on the same floor, so it is not named here. `public_id`: in the address of its form, which answers
    while `is_open`. `sender`: who the mails come from, as the channel says."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="mailing_lists")
    key = models.CharField(max_length=300)
    name = models.CharField(max_length=120)
    sender = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=10, default="fr")
    about = models.CharField(max_length=300, blank=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_open = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="one_list_per_key"),
        ]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Subscriber(models.Model):
    """One address on one list. `public_id` stands for it wherever the address itself must not: in what is
    frozen of a mailing, in links. `way` and `consent_note`: how this person agreed, as it would have to
    be shown to whoever asks."""

    class State(models.TextChoices):
        PENDING = "pending", _("to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("subscriber", "subscribed")
        LEFT = "left", pgettext_lazy("subscriber", "unsubscribed")

    class Way(models.TextChoices):
        FORM = "form", _("by the form, confirmed by mail")
        HAND = "hand", _("added by hand")
        IMPORT = "import", _("imported")

    mailing_list = models.ForeignKey(MailingList, on_delete=models.CASCADE, related_name="subscribers")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=State.choices)
    way = models.CharField(max_length=6, choices=Way.choices)
    consent_note = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing_list", "address"], name="one_subscriber_per_address"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "confirmed", "left"]), name="subscriber_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["mailing_list", "state", "id"], name="subscriber_by_state")]
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
