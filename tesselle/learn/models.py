"""One run of the statistics over a workspace, and what it found."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.ledger.models import Delivery
from tesselle.strategy.models import Objective
from tesselle.workspaces.models import User, Workspace


class Run(models.Model):
    """`instant`: the workspace's own now when it ran. `step`: what it is doing, for who waits.

    `slots`: what the hours of the week are worth by channel, as `StoredSlot` rows. `waiting`: by
    channel id how many posts have figures, of those with fewer than are needed. `sparse`: ids of
    channels on which interactions are too few to compare anything.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    class Step(models.TextChoices):
        READING = "reading"
        COMPARING = "comparing"
        KEEPING = "keeping"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="learning_runs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED, db_default="asked")
    step = models.CharField(max_length=10, choices=Step.choices, blank=True, db_default="")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    instant = models.DateTimeField(null=True)
    posts = models.PositiveIntegerField(default=0, db_default=0)
    luck_share = models.FloatField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True, db_default="")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    slots = models.JSONField(default=list, db_default=[])
    waiting = models.JSONField(default=dict, db_default={})
    sparse = models.JSONField(default=list, db_default=[])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], condition=Q(state__in=["asked", "running"]), name="one_run_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["workspace", "state", "-id"], name="run_latest")]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.workspace_id} ({self.state})"

    @property
    def is_going(self) -> bool:
        return self.state in (self.State.ASKED, self.State.RUNNING)


class Finding(models.Model):
    """One contrast with its evidence. `low`, `middle`, `high`: the gain as a fraction, the central 80 %.

    `is_idea`: not told as a finding: not sure enough, or no difference that matters. `twin_*`: cannot be
    told apart from that one.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="findings")
    place = models.PositiveSmallIntegerField()
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="+")
    factor = models.CharField(max_length=30)
    level = models.CharField(max_length=80)
    certainty = models.CharField(max_length=20)
    probability = models.FloatField()
    low = models.FloatField()
    middle = models.FloatField()
    high = models.FloatField()
    posts = models.PositiveIntegerField()
    others = models.PositiveIntegerField()
    is_idea = models.BooleanField(default=False)
    twin_factor = models.CharField(max_length=30, blank=True)
    twin_level = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["is_idea", "place"]

    def __str__(self) -> str:
        return f"{self.factor} {self.level}: {self.middle:+.0%} ({self.certainty})"


class GoalOutlook(models.Model):
    """How an objective stands, as the last run saw it. One row an objective, written anew by each run.

    `fan`: [[day, low, middle, high], …]. `expected_*`: what was to be expected today if nothing had
    changed since the objective was written. `tells_from`: the day from which a forecast can be made.
    `leans_on_one`: reached by a single post. `seen_at`: somebody has been told that it is unlikely.
    """

    class State(models.TextChoices):
        GOOD_WAY = "good_way"
        UNCERTAIN = "uncertain"
        BADLY_BEGUN = "badly_begun"
        TOO_EARLY = "too_early"
        TOO_FEW = "too_few"
        REACHED = "reached"
        NOT_REACHED = "not_reached"

    objective = models.OneToOneField(Objective, on_delete=models.CASCADE, related_name="outlook")
    state = models.CharField(max_length=11, choices=State.choices)
    made_on = models.DateField()
    weeks_known = models.PositiveSmallIntegerField(default=0)
    now = models.FloatField(null=True)
    chance = models.FloatField(null=True)
    lacking_a_week = models.FloatField(null=True)
    fan = models.JSONField(default=list)
    past = models.JSONField(default=list)
    expected_low = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    expected_high = models.FloatField(null=True)
    tells_from = models.DateField(null=True)
    leans_on_one = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["state"], condition=Q(state="badly_begun", seen_at=None), name="goal_in_danger"
            )
        ]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.state}"


class Prediction(models.Model):
    """An interval that was written down before its outcome was known, and what became of it.

    `key`: what it is of; one of a kind and key. `due_on`: when its outcome can be known. `rank`: of a
    post, where it lay among what was to be expected (0 to 1). `is_level_change`: the CUSUM raised alarm
    at this post.
    """

    class Kind(models.TextChoices):
        POST = "post"
        WEEK = "week"
        FOLLOWERS = "followers"
        FINDING = "finding"
        PROMISE = "promise"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="predictions")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    key = models.CharField(max_length=120)
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="+")
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.CASCADE, related_name="+")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.CASCADE, related_name="predictions")
    made_at = models.DateTimeField()
    due_on = models.DateField()
    low = models.FloatField()
    middle = models.FloatField()
    high = models.FloatField()
    outcome = models.FloatField(null=True)
    held = models.BooleanField(null=True)
    judged_at = models.DateTimeField(null=True)
    rank = models.FloatField(null=True)
    is_level_change = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kind", "key"], name="one_prediction_of_a_thing")
        ]
        indexes = [
            models.Index(fields=["workspace", "kind", "-made_at"], name="prediction_newest"),
            models.Index(
                fields=["workspace", "due_on"], condition=Q(judged_at=None), name="prediction_to_judge"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.low:g} to {self.high:g}"


class Calibration(models.Model):
    """By how much a kind of interval is widened, learned from whether it held (`insights.calibration`)."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="calibrations")
    kind = models.CharField(max_length=9, choices=Prediction.Kind.choices)
    multiplier = models.FloatField(default=1.0)
    outcomes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "kind"], name="one_calibration_per_kind")]

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.kind}: x {self.multiplier:.2f}"


class CarryOver(models.Model):
    """How much of a past effect of a kind is promised, learned from promised against realised."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="carry_overs")
    factor = models.CharField(max_length=30)
    kept = models.FloatField()
    variance = models.FloatField()
    outcomes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "factor"], name="one_carry_over")]

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.factor}: {self.kept:.2f}"
