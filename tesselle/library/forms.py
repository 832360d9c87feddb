"""What a person says of a picture."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tesselle.library.models import Asset


class DescribeForm(forms.Form):
    """The focal point in whole percents, so that it can be set without a pointer."""

    alt = forms.CharField(
        label=_("Alternative text"),
        help_text=_("What is to be seen, in one sentence: for people who do not see it, and for search."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    focal_x = forms.IntegerField(
        label=_("Focal point, from the left (%)"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"type": "range", "data-focal-x": ""}),
    )
    focal_y = forms.IntegerField(
        label=_("Focal point, from the top (%)"),
        min_value=0,
        max_value=100,
        help_text=_("When a network asks for another format, it is cropped around this point."),
        widget=forms.NumberInput(attrs={"type": "range", "data-focal-y": ""}),
    )

    @classmethod
    def of(cls, asset: Asset, data: QueryDict | None) -> "DescribeForm":
        initial: dict[str, Any] = {
            "alt": asset.alt,
            "focal_x": round(100 * asset.focal_x),
            "focal_y": round(100 * asset.focal_y),
        }
        return cls(data, initial=initial)

    @property
    def focal(self) -> tuple[float, float]:
        return self.cleaned_data["focal_x"] / 100, self.cleaned_data["focal_y"] / 100
