"""What, when and who; and where it can be seen once it is done."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.web.days import LocalDateTimeField
from tesselle.workspaces.models import Member, User, Workspace


class AskForm(forms.Form):
    where = forms.CharField(
        label=pgettext_lazy("by hand", "What is to be done, and where"),
        help_text=_("Such as: story with a question on Instagram, or the group “Morges” on Facebook."),
        max_length=120,
    )
    when = LocalDateTimeField(
        label=pgettext_lazy("by hand", "When"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    who = forms.ModelChoiceField(
        label=pgettext_lazy("by hand", "Who does it"), queryset=User.objects.none(), empty_label=None
    )

    def __init__(self, data: Any, *, workspace: Workspace, me: User) -> None:
        super().__init__(data, initial={"who": me.pk})
        who = self.fields["who"]
        assert isinstance(who, forms.ModelChoiceField)
        self.fields["when"].help_text = _("Time of %(zone)s") % {"zone": workspace.zone}
        members = Member.objects.filter(workspace=workspace).values("user")
        who.queryset = User.objects.filter(pk__in=members).order_by("name")


class DoneForm(forms.Form):
    url = forms.CharField(
        label=pgettext_lazy("by hand", "Its address"),
        help_text=_("Where it can be seen, if it has an address."),
        max_length=500,
        required=False,
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput({"placeholder": "https://"}),
    )
