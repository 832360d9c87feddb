"""What is asked before something is made of pictures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.library.captions import as_srt
from tesselle.library.models import Asset, Brand
from tesselle.library.services.captioning import captions_of
from tesselle.library.services.makers import Mark
from tesselle.library.shapes import FOR_DOCUMENTS, FOR_PAIRS, SHAPES


def _shapes(slugs: Iterable[str]) -> list[tuple[str, Any]]:
    return [(slug, _(SHAPES[slug].name)) for slug in slugs]


class DocumentForm(forms.Form):
    """`pages`: for each picture the number of its page; the same number twice keeps the order shown."""

    title = forms.CharField(
        label=_("Title of the document"),
        help_text=_("Stands above the pages on LinkedIn. Without one, the name of the first picture does."),
        required=False,
        max_length=120,
    )
    shape = forms.ChoiceField(
        label=_("Shape of the pages"),
        help_text=_("Each picture is cut to it around its focal point."),
        choices=_shapes(FOR_DOCUMENTS),
    )

    def __init__(self, data: QueryDict | None, pictures: Sequence[Asset]) -> None:
        super().__init__(data)
        self._pictures = pictures
        for number, picture in enumerate(pictures, start=1):
            self.fields[f"page-{picture.pk}"] = forms.IntegerField(
                label=_("Page of “%(name)s”") % {"name": picture.original_name},
                min_value=1,
                max_value=99,
                initial=number,
            )

    def page_field(self, picture: Asset) -> Any:
        return self[f"page-{picture.pk}"]

    @property
    def in_order(self) -> list[Asset]:
        return sorted(self._pictures, key=lambda one: self.cleaned_data[f"page-{one.pk}"])


class PairForm(forms.Form):
    """Which of the two is which: the first was shown as “before”, unless they are swapped."""

    how = forms.ChoiceField(
        label=_("How they are shown"),
        choices=[
            ("beside", _("Side by side")),
            ("above", _("One above the other")),
            ("slider", _("Half and half, as a slider in the middle")),
            ("film", _("A short film (6 seconds) that wipes from one to the other")),
        ],
        widget=forms.RadioSelect,
        initial="beside",
    )
    shape = forms.ChoiceField(
        label=pgettext_lazy("picture", "Shape"),
        help_text=_("Each picture is cut to it around its focal point."),
        choices=_shapes(FOR_PAIRS),
    )
    swapped = forms.BooleanField(label=_("The second one is “before”"), required=False)


class MarkForm(forms.Form):
    corner = forms.ChoiceField(
        label=_("Corner"),
        choices=[
            ("bottom-right", _("Below, on the right")),
            ("bottom-left", _("Below, on the left")),
            ("top-right", _("Above, on the right")),
            ("top-left", _("Above, on the left")),
        ],
    )
    share = forms.IntegerField(
        label=_("Width of the logo, in % of the picture"), min_value=5, max_value=50, initial=18
    )
    opacity = forms.IntegerField(
        label=_("How opaque it is, in %"),
        help_text=_("100 hides what is behind it."),
        min_value=10,
        max_value=100,
        initial=80,
    )

    @classmethod
    def of(cls, brand: Brand, data: QueryDict | None) -> "MarkForm":
        return cls(data, initial={"corner": brand.corner, "share": brand.share, "opacity": brand.opacity})

    @property
    def said(self) -> Mark:
        values = self.cleaned_data
        return Mark(values["corner"], values["share"] / 100, values["opacity"] / 100)


class CropForm(forms.Form):
    shape = forms.ChoiceField(choices=_shapes(SHAPES), required=False)
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
        widget=forms.NumberInput(attrs={"type": "range", "data-focal-y": ""}),
    )

    @classmethod
    def of(cls, picture: Asset, data: QueryDict | None) -> "CropForm":
        initial = {"focal_x": round(100 * picture.focal_x), "focal_y": round(100 * picture.focal_y)}
        return cls(data, initial=initial)

    def focal(self, picture: Asset) -> tuple[float, float]:
        if not self.is_bound or self.errors:
            return picture.focal_x, picture.focal_y
        return self.cleaned_data["focal_x"] / 100, self.cleaned_data["focal_y"] / 100


class CaptionsForm(forms.Form):
    """Typed, or from a file, which then stands in place of what was typed."""

    words = forms.CharField(
        label=_("What is said, and when"),
        help_text=_(
            "One line each, with its time in front: “0:07 We lay the floor”. Or the text of an SRT or VTT file."
        ),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(label=_("Or an SRT or VTT file"), required=False, max_length=200)

    @classmethod
    def of(cls, film: Asset, data: QueryDict | None, files: Any) -> "CaptionsForm":
        return cls(data, files, initial={"words": as_srt(captions_of(film))})

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > _MOST_CAPTION_BYTES:
            raise forms.ValidationError(_("This is too large for captions. Choose the SRT or VTT file."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("This is no text in UTF-8. Save the captions as SRT or VTT in UTF-8 and try again.")
            ) from None

    @property
    def told(self) -> str:
        return str(self.cleaned_data["file"] or self.cleaned_data["words"])


_MOST_CAPTION_BYTES = 500_000
