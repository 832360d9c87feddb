"""A link made by hand, and whether links are made by themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LinkForm(forms.Form):
    target = forms.CharField(
        label=_("Page of your website"),
        max_length=2000,
        widget=forms.URLInput({"placeholder": "https://", "inputmode": "url"}),
    )
    label = forms.CharField(
        label=pgettext_lazy("of a link", "Where it stands"),
        max_length=80,
        help_text=_("Such as: profile, flyer, van. That is how you find it again."),
    )


class AutomaticForm(forms.Form):
    automatic = forms.BooleanField(
        label=_("Make short links by themselves when a post is saved"), required=False
    )
