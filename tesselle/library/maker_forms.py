"""What is asked before something is made of pictures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.library.models import Asset


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
        choices=[
            ("portrait", pgettext_lazy("page", "Upright (4:5), as phones show it")),
            ("square", pgettext_lazy("page", "Square (1:1)")),
            ("landscape", pgettext_lazy("page", "Wide (16:9)")),
        ],
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
