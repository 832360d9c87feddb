"""What a person says of a picture, of several at once, and of an album."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tesselle.library.models import Album, Asset, Consent, Licence
from tesselle.library.services.albums import MOST_TAGS
from tesselle.library.services.changing import Said
from tesselle.workspaces.models import Workspace

_MOST_SIGNS = Album._meta.get_field("name").max_length


class TagsField(forms.CharField):
    """Several, with commas between them; a tag is small letters, told once."""

    def clean(self, value: Any) -> list[str]:
        said = super().clean(value) or ""
        tags = (" ".join(tag.split()).lower().lstrip("#") for tag in said.split(","))
        found = list(dict.fromkeys(tag for tag in tags if tag))
        if any(len(tag) > 40 for tag in found):
            raise forms.ValidationError(_("A tag has 40 signs at most. Put commas between several."))
        if len(found) > MOST_TAGS:
            raise forms.ValidationError(
                _("A picture has %(most)s tags at most. Leave some out.") % {"most": MOST_TAGS}
            )
        return found


class AlbumForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the album"),
        max_length=_MOST_SIGNS,
        help_text=_(
            "Such as the job site: “Villa in Morges, bathroom”. Leave the owner’s name and address out."
        ),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ChosenForm(forms.Form):
    """What happens to the pictures that are ticked."""

    album = forms.ChoiceField(label=_("Put into the album"), required=False)
    tags = TagsField(label=_("Add tags"), required=False, help_text=_("With commas between them."))
    consent = forms.ModelChoiceField(
        label=_("This person, or this home, is on them"),
        queryset=Consent.objects.none(),
        required=False,
        empty_label=_("Leave as it is"),
    )

    def __init__(self, data: QueryDict | None, albums: Iterable[Album], workspace: Workspace) -> None:
        super().__init__(data, auto_id="chosen_%s")
        consent = self.fields["consent"]
        assert isinstance(consent, forms.ModelChoiceField)
        consent.queryset = Consent.objects.filter(workspace=workspace, withdrawn_at=None).order_by("who")
        album = self.fields["album"]
        assert isinstance(album, forms.ChoiceField)
        album.choices = [
            ("", _("Leave as it is")),
            *((str(one.pk), one.name) for one in albums),
            ("none", _("In no album")),
        ]


class DescribeForm(forms.Form):
    """The focal point in whole percents, so that it can be set without a pointer."""

    alt = forms.CharField(
        label=_("Alternative text"),
        help_text=_("What is to be seen, in one sentence: for people who do not see it, and for search."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    album = forms.ModelChoiceField(
        label=_("Album"), queryset=Album.objects.none(), required=False, empty_label=_("In no album")
    )
    tags = TagsField(label=_("Tags"), required=False, help_text=_("With commas between them."))
    credit = forms.CharField(
        label=_("Credit"),
        help_text=_("Who took it, as it is to be named."),
        required=False,
        max_length=120,
    )
    licence = forms.ChoiceField(
        label=_("By which right we show it"),
        help_text=_("Whoever paid for a picture, or is on it, has not made it: its author has to agree."),
        required=False,
        choices=Licence.choices,
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
            "album": asset.album_id,
            "tags": ", ".join(asset.tags),
            "credit": asset.credit,
            "licence": asset.licence,
            "focal_x": round(100 * asset.focal_x),
            "focal_y": round(100 * asset.focal_y),
        }
        form = cls(data, initial=initial)
        if asset.kind == Asset.Kind.DOCUMENT:  # never cropped
            form.fields["focal_x"].widget = form.fields["focal_y"].widget = forms.HiddenInput()
        album = form.fields["album"]
        assert isinstance(album, forms.ModelChoiceField)
        album.queryset = Album.objects.filter(workspace_id=asset.workspace_id).order_by("name")
        return form

    @property
    def said(self) -> "Said":
        values = self.cleaned_data
        return Said(
            alt=values["alt"],
            album=values["album"],
            tags=values["tags"],
            credit=values["credit"],
            licence=values["licence"],
            focal=self.focal,
        )

    @property
    def focal(self) -> tuple[float, float]:
        return self.cleaned_data["focal_x"] / 100, self.cleaned_data["focal_y"] / 100
