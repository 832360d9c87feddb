"""Pillar and campaign: one form each."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from tesselle.strategy.models import Campaign, Objective, Pillar
from tesselle.web.days import DayField


class AimForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """A name is taken once among those in use; the database holds it too."""

    named: ClassVar[str] = "name"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        name, this = values.get(self.named), self.instance
        if name:
            same = type(this)._default_manager.filter(
                **{self.named: name}, workspace_id=this.workspace_id, retired_at=None
            )
            if same.exclude(pk=this.pk).exists():
                self.add_error(self.named, _("This one exists already. Choose other words."))
        return values

    def validate_constraints(self) -> None:
        """Told above, beside the field."""


class PillarForm(AimForm):
    target_percent = forms.IntegerField(
        label=_("Meant share of posts, in percent"),
        help_text=_("The calendar compares it with what is planned."),
        required=False,
        min_value=1,
        max_value=100,
    )

    class Meta:
        model = Pillar
        fields = ["name", "hue", "target_percent"]
        labels = {"name": pgettext_lazy("of a pillar", "Name"), "hue": pgettext_lazy("of a pillar", "Colour")}


class CampaignForm(AimForm):
    first_day = DayField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last_day = DayField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    class Meta:
        model = Campaign
        fields = ["name", "first_day", "last_day", "objective"]
        labels = {
            "name": pgettext_lazy("of a campaign", "Name"),
            "objective": _("Objective that it serves"),
        }
        help_texts = {"objective": _("The campaign’s report says how far its figure came meanwhile.")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["objective"]
        assert isinstance(field, forms.ModelChoiceField)
        field.empty_label = pgettext("objective", "None")
        field.queryset = Objective.objects.filter(
            Q(retired_at=None) | Q(pk=self.instance.objective_id), workspace_id=self.instance.workspace_id
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first. Choose a later one."))
        return values
