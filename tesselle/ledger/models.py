"""Deliveries, steps, attempts, looks; the workers that hold them; the installation's switch.

The hot path writes these rows by hand-written SQL (`hot`), so every column it does not name has a
default in the database.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Variant
from tesselle.domain.content import Content
from tesselle.domain.lifecycle import HOLDING, AttemptState, DeliveryState
from tesselle.workspaces.models import User, Workspace


def _choices(states: type[DeliveryState] | type[AttemptState]) -> list[tuple[str, str]]:
    return [(state.value, state.value) for state in states]


class Purpose(models.TextChoices):
    POST = "post"
    ANSWER = "answer"  # to a comment
    EDIT = "edit"
    DELETE = "delete"


class Delivery(models.Model):
    """One variant going out on one channel at one time (or an answer, an edit, a deletion).

    `calls`: how many irreversible calls it takes, or units (`services/calls.py`).
    `local_at` + `zone` is what the person planned, `due_at` what it resolves to. `next_at`: when
    this row next needs the dispatcher, in the workspace's time; None: not before something
    happens. `token`: given out by the claim; only its holder may go on. `reason` is a short code,
    `note` the sentence for people ({"sentence", "params"}). `target`: what is answered (and its `kind`,
    where it stands below no post); for an edit or a deletion a list, one thing for each step (None: that
    part stays as it is).
    `second_copy`: {"first", "second"}, what a late answer proved to be out twice, until a person
    has seen to it.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="deliveries")
    # Found by `delivery_of_channel`.
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    purpose = models.CharField(
        max_length=6, choices=Purpose.choices, default=Purpose.POST, db_default=Purpose.POST
    )
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="deliveries")
    variant = models.ForeignKey(Variant, null=True, on_delete=models.RESTRICT, related_name="deliveries")
    body = models.JSONField(null=True)
    target = models.JSONField(null=True)
    subject = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="followers")
    calls = models.PositiveIntegerField(default=1, db_default=1)
    state = models.CharField(
        max_length=10,
        choices=_choices(DeliveryState),
        default=DeliveryState.PLANNED.value,
        db_default=DeliveryState.PLANNED.value,
    )
    local_at = models.CharField(max_length=20, blank=True, db_default="")
    zone = models.CharField(max_length=60, blank=True, db_default="")
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True, db_default="")
    token = models.UUIDField(null=True)
    worker_id = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    retries = models.PositiveIntegerField(default=0, db_default=0)
    reason = models.CharField(max_length=40, blank=True, db_default="")
    note = models.JSONField(default=dict, db_default={})
    remote = models.JSONField(null=True)
    accepted_at = models.DateTimeField(null=True)
    live_at = models.DateTimeField(null=True)
    verify_until = models.DateTimeField(null=True)
    absent_since = models.DateTimeField(null=True)
    second_copy = models.JSONField(null=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel"], condition=Q(state="sending"), name="one_sending_per_channel"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]),
                name="delivery_state_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "next_at"], condition=Q(next_at__isnull=False), name="delivery_due"
            ),
            models.Index(
                fields=["channel", "due_at", "id"], condition=Q(state="queued"), name="delivery_lane"
            ),
            models.Index(
                fields=["channel", "fingerprint"], condition=Q(state="settling"), name="delivery_settling"
            ),
            # With all that the dashboards count: nothing of the rows themselves is read for them.
            models.Index(
                fields=["workspace", "due_at", "id"],
                include=("purpose", "state", "live_at", "accepted_at", "created_by"),
                name="delivery_calendar",
            ),
            models.Index(fields=["channel", "due_at"], name="delivery_of_channel"),
            models.Index(
                fields=["workspace"], condition=Q(second_copy__isnull=False), name="delivery_second_copy"
            ),
            models.Index(fields=["workspace", "state", "due_at"], name="delivery_by_state"),
            models.Index(
                fields=["workspace", "due_at"], condition=Q(purpose="answer"), name="delivery_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} ({self.state})"

    @property
    def name(self) -> str:
        """The post's; of an answer to the whole account, that account's."""
        if self.post_id is None:
            return self.channel.display_name or self.channel.handle
        return self.post.name if self.post is not None else ""

    @property
    def content(self) -> Content:
        """What goes out: the variant's, or the row's own for answers and edits."""
        if self.body is not None:
            return Content.from_json(self.body)
        return self.variant.content if self.variant is not None else Content()


class Step(models.Model):
    """One irreversible act. `key` and `instant` never change; `frozen` is what the request is
    built from; `remote` what it became. `recipient`: whom it goes to, where each recipient has one."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="steps")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    instant = models.DateTimeField()
    frozen = models.JSONField(default=dict, db_default={})
    remote = models.JSONField(null=True)
    remote_id = models.CharField(max_length=400, blank=True, db_default="")
    recipient = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["recipient"], condition=~Q(recipient=""), name="step_of_recipient"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "position"], name="steps_are_numbered"),
            models.UniqueConstraint(
                fields=["channel", "remote_id"], condition=~Q(remote_id=""), name="one_step_per_remote_thing"
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"step {self.position} of {self.delivery_id} ({self.kind})"


class Attempt(models.Model):
    """One try at a step. `evidence`: what was seen, scrubbed of secrets; `verdict`: its short name.

    `started_at` and `deadline_at` are real, also in a practice workspace. `steady_*`: the same instants on
    the machine's clock that never jumps (seconds), which means nothing but on that machine, since that start
    of it (`boot`). `shift_*`: what the workspace's clock was ahead of the real one then.
    """

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="attempts")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=9,
        choices=_choices(AttemptState),
        default=AttemptState.PREPARED.value,
        db_default=AttemptState.PREPARED.value,
    )
    worker_id = models.BigIntegerField(null=True)
    token = models.UUIDField(null=True)
    prepared_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True)
    boot = models.CharField(max_length=40, blank=True, db_default="")
    steady_started = models.FloatField(null=True)
    steady_deadline = models.FloatField(null=True)
    shift_started = models.DurationField(null=True)
    shift_deadline = models.DurationField(null=True)
    ended_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=40, blank=True, db_default="")
    evidence = models.JSONField(default=dict, db_default={})
    given_up_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step"],
                condition=Q(state__in=[state.value for state in sorted(HOLDING)]),
                name="one_holding_attempt_per_step",
            ),
            models.UniqueConstraint(fields=["step", "number"], name="attempts_are_numbered"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AttemptState]), name="attempt_state_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "started_at"], name="attempt_budget"),
            models.Index(
                fields=["worker_id"], condition=Q(state__in=["prepared", "sending"]), name="attempt_in_hand"
            ),
            models.Index(fields=["delivery", "id"], name="attempt_story"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"attempt {self.number} at {self.step_id} ({self.state})"

    @property
    def began_at(self) -> datetime | None:
        """`started_at` on the workspace's clock."""
        return self.started_at and self.started_at + (self.shift_started or timedelta(0))


class Look(models.Model):
    """One look at the network for what a doubtful attempt may have left."""

    class Outcome(models.TextChoices):
        FOUND = "found"
        NOT_THERE = "not_there"
        SEVERAL = "several"
        UNSURE = "unsure"  # something alike, but a person could have posted it
        SILENT = "silent"  # the look itself failed: says nothing

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="looks")
    at = models.DateTimeField(db_default=Now())
    boot = models.CharField(max_length=40, blank=True, db_default="")
    steady_at = models.FloatField(null=True)
    shift = models.DurationField(null=True)  # as of an attempt
    how = models.CharField(max_length=10)  # repeat, witness, lookup
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    evidence = models.JSONField(default=dict, db_default={})

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"look at {self.attempt_id}: {self.outcome}"


class Worker(models.Model):
    """A process that sends. It holds a session advisory lock on its id and moves `counter`."""

    host = models.CharField(max_length=200)
    pid = models.IntegerField()
    backend_pid = models.IntegerField()
    counter = models.BigIntegerField(default=0, db_default=0)
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"worker {self.pk} on {self.host}"


class Allowance(models.Model):
    """What all channels of one application may spend with a network: how many `times` a claim took from it.

    The calls themselves are counted from the attempts; this number only tells a claim that another one
    took from the same allowance since it counted. `world`: a practice workspace's id, or 0 for the real
    networks."""

    network = models.CharField(max_length=30)
    app = models.CharField(max_length=300)
    world = models.BigIntegerField(default=0, db_default=0)
    times = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "app", "world"], name="one_allowance_per_application"),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.times} times from {self.app}"


class Installation(models.Model):
    """One row. `held`: nothing is claimed until a person releases it (after a restore, say)."""

    held = models.BooleanField(default=False, db_default=False)
    held_reason = models.CharField(max_length=40, blank=True, db_default="")
    held_since = models.DateTimeField(null=True)
    zone_data = models.CharField(max_length=20, blank=True, db_default="")
    facts = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="only_one_installation")]

    def __str__(self) -> str:
        return "held" if self.held else "sending"


def installation() -> Installation:
    return Installation.objects.get_or_create(id=1)[0]
