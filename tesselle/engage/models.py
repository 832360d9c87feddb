"""That somebody wrote and waits: never what they wrote, nor who they are."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed
from tesselle.ledger.models import Delivery


class Conversation(models.Model):
    """What people write in one place: below one post (`delivery`), or to the whole account.

    `told`: how many the network counts, None where it counts none. `next_at`: when to read them, in the
    workspace's time, None: not before the count changes. `notified`: notices about it stand in somebody's page.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="conversations")
    kind = models.CharField(
        max_length=8,
        choices=[(kind.value, kind.value) for kind in Discussed],
        default=Discussed.COMMENTS.value,
        db_default=Discussed.COMMENTS.value,
    )
    delivery = models.OneToOneField(
        Delivery, null=True, on_delete=models.CASCADE, related_name="conversation"
    )
    told = models.BigIntegerField(null=True)
    next_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, db_default=0)
    notified = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "kind"],
                condition=Q(delivery__isnull=True),
                name="one_conversation_of_a_kind_per_account",
            ),
            models.CheckConstraint(
                condition=Q(kind=Discussed.COMMENTS.value, delivery__isnull=False)
                | (~Q(kind=Discussed.COMMENTS.value) & Q(delivery__isnull=True)),
                name="comments_stand_below_a_post",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="conversation_due"),
            models.Index(fields=["id"], condition=Q(notified=True), name="conversation_notified"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Listening(models.Model):
    """Comments are looked for on this channel although its network bills reading: somebody said so."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="listening")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"listening to {self.channel_id}"


class Heard(models.Model):
    """One comment, review or message. `digest`: of its address there, to know it again; its words, its author
    and the address itself are kept nowhere. `told_at`: real time, when people were told of it, once."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        ASIDE = "aside"  # somebody said: needs no answer
        GONE = "gone"  # not to be seen there any more
        ERASED = "erased"  # its author asked for it: not shown again, whatever the network says

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="heard")
    digest = models.CharField(max_length=64)
    posted_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.OPEN, db_default=State.OPEN.value
    )
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "digest"], name="a_comment_is_heard_once")
        ]
        indexes = [models.Index(fields=["conversation"], condition=Q(state="open"), name="comments_open")]

    def __str__(self) -> str:
        return f"comment {self.pk} ({self.state})"
