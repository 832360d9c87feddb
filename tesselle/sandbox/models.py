"""Where practice worlds keep what their simulated networks hold."""

from django.db import models

from tesselle.workspaces.models import Workspace


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
