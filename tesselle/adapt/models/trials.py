"""One question, two arms, pairs of posts, a coin."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.domain.slots import WeeklySlot
from tesselle.insights.experiment import Verdict
from tesselle.ledger.models import Delivery
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace


class Experiment(models.Model):
    """Frozen once `started_at` is set: nothing of the question changes afterwards.

    `arm_a`, `arm_b`: of a slot `3 18:00` (Monday is 0), of a format its name, of a wording a
    description. `seed`: what the coin is made of; recorded, so that anyone can toss it again.
    `evidence`: how many times a bet against "no difference" has grown. `low`, `gain`, `high`: B over A,
    the central 80 %, as a fraction. `alike`: the chance that the arms differ by less than a tenth.
    """

    class Factor(models.TextChoices):
        SLOT = "slot", pgettext_lazy("experiment", "The time of posting")
        FORMAT = "format", pgettext_lazy("experiment", "The format")
        WORDING = "wording", pgettext_lazy("experiment", "The wording")

    class Outcome(models.TextChoices):
        INTERACTIONS = "interactions", pgettext_lazy("metric", "Interactions")
        REACH = "reach", pgettext_lazy("metric", "Reach")
        CLICKS = "clicks", pgettext_lazy("metric", "Clicks")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("experiment", "Not begun")
        RUNNING = "running", pgettext_lazy("experiment", "Under way")
        ENDED = "ended", pgettext_lazy("experiment", "Ended")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="experiments")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="experiments")
    pillar = models.ForeignKey(
        Pillar, null=True, blank=True, on_delete=models.SET_NULL, related_name="experiments"
    )
    factor = models.CharField(_("What is compared"), max_length=7, choices=Factor.choices)
    outcome = models.CharField(
        _("Figure that decides"), max_length=12, choices=Outcome.choices, default=Outcome.INTERACTIONS
    )
    arm_a = models.CharField(max_length=120)
    arm_b = models.CharField(max_length=120)
    planned_pairs = models.PositiveSmallIntegerField(default=26)
    seed = models.BigIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ends_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    verdict = models.CharField(
        max_length=13, choices=[(one.value, one.value) for one in Verdict], default=Verdict.RUNNING.value
    )
    evidence = models.FloatField(default=1.0)
    low = models.FloatField(null=True)
    gain = models.FloatField(null=True)
    high = models.FloatField(null=True)
    alike = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel"], condition=Q(state="running"), name="one_experiment_per_channel"
            ),
            models.CheckConstraint(
                condition=Q(planned_pairs__gte=3, planned_pairs__lte=150), name="experiment_has_pairs"
            ),
        ]
        indexes = [models.Index(fields=["workspace", "state"], name="experiment_by_state")]
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"experiment {self.pk} on {self.factor} ({self.state})"

    def slot_of(self, arm: str) -> WeeklySlot:
        """Only where the time is compared."""
        weekday, at = (self.arm_a if arm == "a" else self.arm_b).split()
        return WeeklySlot(int(weekday), time.fromisoformat(at))


class Pair(models.Model):
    """Two comparable posts; the coin says which takes which arm before either is planned.

    `first_is_a`: what the coin said. `due_*`: when they were planned for; a post that left otherwise
    voids the pair. `count_*`, `expected_*`: filled at the look, never changed. `evidence`: after it.
    """

    class Void(models.TextChoices):
        NOT_OUT = "not_out", _("a post did not go out")
        MOVED = "moved", _("a post went out at another time than planned")
        CHANGED = "changed", _("a post was no longer of its arm")
        UNTOLD = "untold", _("the network told no figure")
        GIVEN_UP = "given_up", _("given up before it was planned")

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField()
    first = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    first_is_a = models.BooleanField()
    drawn_at = models.DateTimeField()
    delivery_a = models.OneToOneField(Delivery, null=True, on_delete=models.SET_NULL, related_name="arm_a_of")
    delivery_b = models.OneToOneField(Delivery, null=True, on_delete=models.SET_NULL, related_name="arm_b_of")
    due_a = models.DateTimeField(null=True)
    due_b = models.DateTimeField(null=True)
    void = models.CharField(max_length=8, choices=Void.choices, blank=True, default="")
    voided_at = models.DateTimeField(null=True)
    count_a = models.BigIntegerField(null=True)
    count_b = models.BigIntegerField(null=True)
    expected_a = models.FloatField(default=0.0)
    expected_b = models.FloatField(default=0.0)
    evidence = models.FloatField(null=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["experiment", "number"], name="pairs_are_numbered"),
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="pair_is_of_two"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"pair {self.number} of {self.experiment_id}"

    @property
    def post_a(self) -> Post:
        return self.first if self.first_is_a else self.second

    @property
    def post_b(self) -> Post:
        return self.second if self.first_is_a else self.first

    @property
    def is_planned(self) -> bool:
        return self.due_a is not None

    @property
    def is_open(self) -> bool:
        """Neither looked at nor void."""
        return not self.void and self.looked_at is None
