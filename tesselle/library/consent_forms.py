"""What is noted about somebody's consent, and who is on a picture."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.library.models import Consent
from tesselle.library.services.consenting import Agreed
from tesselle.networks import cards
from tesselle.web.days import DayField
from tesselle.workspaces.models import Workspace


class ConsentForm(forms.Form):
    who = forms.CharField(
        label=pgettext_lazy("consent", "Who"),
        help_text=_("Name of the person, or of those who live there."),
        max_length=120,
    )
    concerns = forms.ChoiceField(
        label=pgettext_lazy("consent", "What it concerns"), choices=Consent.Concerns.choices
    )
    agreed = forms.CharField(
        label=_("What was agreed, in their words"),
        help_text=_(
            "Which use: “the bathroom before and after, on our social networks, without name or address”."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    networks = forms.MultipleChoiceField(
        label=_("On which networks"),
        help_text=_("Tick none if they agreed to all of them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    given_on = DayField(label=_("Agreed on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = DayField(
        label=_("Until"),
        help_text=_("The last day on which it may go out. Leave it empty if no end was agreed."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    proof = forms.CharField(
        label=_("How, and where that is kept"),
        help_text=_("Such as: signed with the order, folder 2026-114."),
        required=False,
        max_length=200,
    )

    def __init__(self, data: QueryDict | None, consent: Consent | None = None, **more: Any) -> None:
        names = ("who", "concerns", "agreed", "networks", "given_on", "until", "proof")
        if consent is not None:
            more["initial"] = {name: getattr(consent, name) for name in names}
        super().__init__(data, **more)
        networks = self.fields["networks"]
        assert isinstance(networks, forms.MultipleChoiceField)
        networks.choices = [(card.slug, card.name) for card in cards()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        given, until = values.get("given_on"), values.get("until")
        if given and until and until < given:
            self.add_error("until", _("It would end before it began. Choose a later day, or leave it empty."))
        return values

    @property
    def said(self) -> Agreed:
        return Agreed(**self.cleaned_data)


class PeopleForm(forms.Form):
    recognisable = forms.BooleanField(
        label=_("Somebody, or somebody’s home, can be recognised"),
        help_text=_("Then it goes out only with the consent of each of them."),
        required=False,
    )
    consents = forms.ModelMultipleChoiceField(
        label=_("Who is on it"),
        queryset=Consent.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: QueryDict | None,
        workspace: Workspace,
        *,
        recognisable: bool = False,
        chosen: Iterable[int] = (),
    ) -> None:
        initial = {"recognisable": recognisable, "consents": list(chosen)}
        super().__init__(data, initial=initial, prefix="people")
        consents = self.fields["consents"]
        assert isinstance(consents, forms.ModelMultipleChoiceField)
        consents.queryset = Consent.objects.filter(workspace=workspace).order_by("who", "pk")
        if not consents.queryset.exists():
            del self.fields["consents"]
