"""What a person types about a delivery."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AddressForm(forms.Form):
    """Where the person saw it; empty when the network gives no addresses."""

    address = forms.URLField(
        label=_("Its address there"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Copied from your browser. It is kept as the link to the post."),
    )


class TextForm(forms.Form):
    """The new words of something that is out."""

    text = forms.CharField(
        label=pgettext_lazy("edit", "Text"),
        widget=forms.Textarea({"rows": 6}),
        strip=True,
        max_length=100_000,
    )
