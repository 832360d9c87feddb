"""Posting slots, holidays and events of the calendar, and the addresses it is read at."""

from django.db import models
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.domain.slots import WeeklySlot
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace


class PostingSlot(models.Model):
    """`weekday`: Monday is 0. `at` is wall time in the workspace's zone, to the minute. `pillar`: only its
    posts take it; None: those of every other."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="posting_slots")
    weekday = models.PositiveSmallIntegerField()
    at = models.TimeField()
    pillar = models.ForeignKey(
        Pillar, null=True, blank=True, on_delete=models.SET_NULL, related_name="posting_slots"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "weekday", "at"], name="one_slot_per_time"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="slot_has_a_weekday"),
        ]
        ordering = ["weekday", "at"]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.weekday} {self.at:%H:%M}"

    @property
    def weekly(self) -> WeeklySlot:
        return WeeklySlot(self.weekday, self.at)


class FestivePlace(models.Model):
    """Whose public holidays the calendar shows: a country, and a part of it. Without a row: as the zone."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="festive_place")
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=6, blank=True)

    def __str__(self) -> str:
        return f"{self.country}-{self.region}" if self.region else self.country


class Event(models.Model):
    """A day or some days that the team wants to see in its calendar: a fair, an open day."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="calendar_events")
    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="event_ends_last"
            )
        ]
        indexes = [models.Index(fields=["workspace", "last_day"], name="event_by_day")]
        ordering = ["first_day", "id"]

    def __str__(self) -> str:
        return self.name


class Evergreen(models.Model):
    """A post that may come again: `every_days` at the earliest after it last went out, or is to."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="evergreen")
    every_days = models.PositiveIntegerField()
    marked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(every_days__gte=14), name="evergreen_rests_two_weeks")
        ]

    def __str__(self) -> str:
        return f"{self.post} every {self.every_days} days"


class EvergreenTurn(models.Model):
    """A copy that was made of an evergreen, to come again."""

    evergreen = models.ForeignKey(Evergreen, on_delete=models.CASCADE, related_name="turns")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="evergreen_turn")

    def __str__(self) -> str:
        return f"{self.post_id} of {self.evergreen_id}"


class BulkChange(models.Model):
    """Many planned posts changed at once, with what brings all of it back."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="bulk_changes")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undo = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"change {self.pk}"


class PicturesCopy(models.Model):
    """Posts from pictures that one person writes and has not made yet: the page's form, kept while they type.

    `once`: of the page that was kept, as it is told when it is sent.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="pictures_copies")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pictures_copies")
    once = models.CharField(max_length=40)
    typed = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["author", "-kept_at"], name="pictures_copy_by_author")]

    def __str__(self) -> str:
        return f"{self.author} writes posts from pictures"


class CalendarFeed(models.Model):
    """A secret address at which calendar programs, or partners, read what is planned. Only the address's
    hash is kept. `page`: people read it in a browser, until `expires_at`."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="calendar_feeds")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    page = models.BooleanField(default=False, db_default=False)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class ByHand(models.Model):
    """Something a network does not let software do: a person does it, at its time, with all lying ready.

    `where`: what is to be done there, in one's own words. `url`: what came of it, if it has an address.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="by_hand")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="by_hand")
    where = models.CharField(max_length=120)
    who = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    local_at = models.CharField(max_length=20)
    zone = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    url = models.CharField(max_length=500, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "due_at"],
                condition=models.Q(done_at=None, called_off_at=None),
                name="by_hand_ahead",
            )
        ]

    def __str__(self) -> str:
        return self.where
