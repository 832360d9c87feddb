"""Where practice worlds keep what their simulated networks hold."""

from django.db import models
from django.utils import timezone

from tesselle.workspaces.models import User, Workspace


class SeededWorld(models.Model):
    """`seed`: all chance of this workspace's world follows from it. `began_at`: its first instant, on
    its own clock. `remembered_until`: the real instant up to which what was written there has the times
    of that clock (see `remembering`). `shelf_version` counts the changes of what its networks hold. `minds_from`: since
    which instant of that clock the public takes note of who is answered; none: from the first."""

    workspace = models.OneToOneField(
        Workspace, on_delete=models.CASCADE, primary_key=True, related_name="seeded_world"
    )
    world = models.CharField(max_length=40, default="ordinary")
    seed = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    remembered_until = models.DateTimeField()
    shelf_version = models.BigIntegerField(default=0, db_default=0)
    minds_from = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.world} of {self.seed}"


class ShelfItem(models.Model):
    """One JSON value of a simulated network; `id` gives the order, `group` what is read together."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=80)
    key = models.CharField(max_length=300)
    group = models.CharField(max_length=300, blank=True, default="", db_default="")
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "table", "key"], name="one_thing_per_key")
        ]
        indexes = [
            models.Index(fields=["workspace", "table", "id"], name="shelf_in_order"),
            models.Index(
                fields=["workspace", "table", "group", "id"],
                condition=~models.Q(group=""),
                name="shelf_group_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}/{self.key}"


class ShelfNumber(models.Model):
    """A counter of a simulated network."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_counter_per_name")]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class ClockRun(models.Model):
    """The clock of a practice workspace being moved. `began_at`, `until`, `reached` and `read_at` (figures
    read last) are instants of that clock, the others real ones; `speed`: seconds of that clock for a real
    one, none: as fast as the work allows. A worker moves it under a lease that ends by itself."""

    class State(models.TextChoices):
        GOING = "going"
        ARRIVED = "arrived"
        STOPPED = "stopped"
        STUCK = "stuck"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="clock_runs")
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.GOING)
    speed = models.FloatField(null=True)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    reached = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], condition=models.Q(state="going"), name="one_clock_run_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("began_at")), name="never_backwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.began_at} to {self.until} ({self.state})"

    @property
    def is_going(self) -> bool:
        return self.state == self.State.GOING


class BadDay(models.Model):
    """What goes wrong on one simulated network. `begins_at` and `ends_at` are instants of the workspace's
    clock; without an end it lasts until a person ends it."""

    class Kind(models.TextChoices):
        OUTAGE = "outage"
        THROTTLED = "throttled"
        REFUSES = "refuses"
        EXPIRED = "expired"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="bad_days")
    network = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "kind"],
                condition=models.Q(ends_at=None),
                name="one_bad_day_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("begins_at")),
                name="bad_day_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "begins_at"], name="bad_day_by_workspace")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.network}, from {self.begins_at}"


class Conclusion(models.Model):
    """What a person believes of a practice world, before she is told. `guess`: the world's name; `at`: an
    instant of its clock."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="conclusions")
    person = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    guess = models.CharField(max_length=40)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "person"], name="one_conclusion_each")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.guess} in {self.workspace_id}"


class ScenarioRun(models.Model):
    """A practice workspace in which a scenario is played. `begins_at` and `ends_at`: instants of its clock.
    `best`: what the best plan could be expected to bring, worked out when it began."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="scenario_run")
    scenario = models.CharField(max_length=30)
    begun_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    best = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")), name="scenario_lasts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scenario} in {self.workspace_id}"
