"""What a person types about a delivery."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class AddressForm(forms.Form):
    """Where the person saw it; empty when the network gives no addresses."""

    address = forms.URLField(
        label=_("Its address there"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Copied from your browser. It is kept as the link to the post."),
    )


class TextsForm(forms.Form):
    """The new words of something that is out, one field for each part of a thread. `title`: where it can be
    changed too, what it is."""

    def __init__(self, *args: Any, texts: Sequence[str], title: str | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if title is not None:
            self.fields["title"] = forms.CharField(
                label=pgettext("edit", "Title"), initial=title, required=False, max_length=100_000
            )
        self._parts = len(texts)
        for position, text in enumerate(texts):
            label = pgettext("edit", "Text")
            if len(texts) > 1:
                label = _("Part %(number)s") % {"number": position + 1}
            self.fields[self.name_of(position)] = forms.CharField(
                label=label,
                initial=text,
                widget=forms.Textarea({"rows": 6 if len(texts) == 1 else 4}),
                strip=True,
                max_length=100_000,
            )

    @staticmethod
    def name_of(position: int) -> str:
        return f"text_{position}" if position else "text"

    def texts(self) -> list[str]:
        return [self.cleaned_data[self.name_of(position)] for position in range(self._parts)]

    def title(self) -> str | None:
        """None: it cannot be changed."""
        title: str | None = self.cleaned_data.get("title")
        return title
