"""What people were told, how they want to be told, and the devices that may be reached."""

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.workspaces.models import User, Workspace


class Kind(models.TextChoices):
    MENTION = "mention", pgettext_lazy("notice", "Somebody calls you in a comment")
    APPROVAL = "approval", pgettext_lazy("notice", "Your approval is asked for")
    ANSWERED = "answered", pgettext_lazy("notice", "Your post is approved, or changes are asked for")
    COMMENT = "comment", pgettext_lazy("notice", "Somebody outside comments your post")
    REPLY = (
        "reply",
        pgettext_lazy("notice", "A comment, a review or a message on a network waits for an answer"),
    )
    DELIVERY = "delivery", pgettext_lazy("notice", "A post is blocked, refused, uncertain or missed")
    BY_HAND = "by_hand", pgettext_lazy("notice", "Something is to be done by hand")
    SIGN_IN = "sign_in", pgettext_lazy("notice", "The sign-in of a channel is about to end")


class Notice(models.Model):
    """One thing told to one person. `key`: what happened, so that it is told once. `words`: a sentence with
    what stands in it, in the reader's language when it is read. `at`: the workspace's time."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=120)
    words = models.JSONField()
    url = models.CharField(max_length=300)
    at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "workspace", "-id"], name="notices_newest_first"),
            models.Index(
                fields=["user", "workspace"], condition=models.Q(read_at=None), name="notices_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class Letter(models.Model):
    """A notice that still has to leave, by mail or to somebody's devices. Gone once it has left."""

    class Way(models.TextChoices):
        MAIL = "mail"
        PUSH = "push"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="letters")
    way = models.CharField(max_length=4, choices=Way.choices)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "way"], name="one_letter_per_way")]
        indexes = [models.Index(fields=["due_at"], name="letters_due")]

    def __str__(self) -> str:
        return f"{self.way} of {self.notice_id}"


class Wish(models.Model):
    """How one person wants to be told of one kind; without a row, as in `wishes.USUAL`."""

    class Mail(models.TextChoices):
        NO = "no", pgettext_lazy("mail wish", "No")
        NOW = "now", pgettext_lazy("mail wish", "At once")
        DAILY = "daily", pgettext_lazy("mail wish", "Once a day")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    mail = models.CharField(max_length=5, choices=Mail.choices)
    push = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_wish_per_kind")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.mail}"


class Device(models.Model):
    """A browser that takes messages (RFC 8030). Whoever knows its address can write to it: sealed.

    `digest`: of the address, to know it again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    sealed_address = models.TextField()
    name = models.CharField(max_length=120)
    added_at = models.DateTimeField(default=timezone.now)
    reached_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PushKeys(models.Model):
    """Who this installation is to push services (RFC 8292). One row, made when it is first needed."""

    sealed_private = models.TextField()
    public = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_pair_of_push_keys")]

    def __str__(self) -> str:
        return self.public[:12]


class ReadUntil(models.Model):
    """How far the journal was read for what people are to be told. One row.

    Entries become visible a little out of order; so the last minutes are read again, and `ToldEntry`
    knows which of them were told.
    """

    entry_id = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_reading_of_the_journal")]

    def __str__(self) -> str:
        return f"until {self.entry_id}"


class ToldEntry(models.Model):
    entry_id = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"entry {self.entry_id}"
