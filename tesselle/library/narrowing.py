"""Which of the pictures are shown: read from the address, so that a search can be kept and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.library import selectors, usage
from tesselle.library.alike import in_groups
from tesselle.library.consents import lacking
from tesselle.library.models import Album, Asset
from tesselle.library.search import matching
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """`album`: an id, "none" for those in no album, "" for all; the others likewise."""

    words: str = ""
    album: str = ""
    tag: str = ""
    kind: str = ""
    use: str = ""
    lacks: str = ""
    alike: bool = False


# With script the pictures follow the words; without, the button does it.
_AS_ONE_TYPES = {
    "hx-get": reverse_lazy("library:media"),
    "hx-trigger": "input changed delay:300ms, search",
    "hx-include": "closest form",
    "hx-target": "#media",
    "hx-swap": "outerHTML",
    "hx-push-url": "true",
    "hx-sync": "this:replace",
}


class NarrowForm(forms.Form):
    """A value that makes no sense narrows nothing."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", **_AS_ONE_TYPES}),
    )
    album = forms.ChoiceField(label=_("Album"), required=False)
    tag = forms.ChoiceField(label=pgettext_lazy("media", "Tag"), required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("media", "Kind"),
        required=False,
        choices=[
            ("", _("Pictures and films")),
            (Asset.Kind.IMAGE, _("Pictures only")),
            (Asset.Kind.VIDEO, _("Films only")),
            (Asset.Kind.DOCUMENT, _("Documents only")),
        ],
    )
    use = forms.ChoiceField(
        label=pgettext_lazy("media", "Use"),
        required=False,
        choices=[
            ("", _("Used or not")),
            ("unused", _("Not used in any post yet")),
            ("used", _("Used in a post")),
        ],
    )
    lacks = forms.ChoiceField(
        label=pgettext_lazy("media", "What is missing"),
        required=False,
        choices=[
            ("", _("Complete or not")),
            ("consent", _("Without the consent that is needed")),
            ("alt", _("Without alternative text")),
            ("licence", _("Without credit or licence")),
        ],
    )

    alike = forms.BooleanField(label=_("Only what looks nearly the same"), required=False)

    def __init__(self, data: Mapping[str, Any], albums: Sequence[Album], tags: Sequence[str]) -> None:
        super().__init__(data, auto_id="narrow_%s")
        album, tag = self.fields["album"], self.fields["tag"]
        assert isinstance(album, forms.ChoiceField) and isinstance(tag, forms.ChoiceField)
        album.choices = [
            ("", _("All albums")),
            *((str(one.pk), one.name) for one in albums),
            ("none", _("In no album")),
        ]
        tag.choices = [("", _("All tags")), *((one, one) for one in tags)]

    def wanted(self) -> Wanted:
        self.is_valid()
        said = self.cleaned_data
        words = " ".join((said.get("q") or "").split())
        rest = {name: said.get(name) or "" for name in ("album", "tag", "kind", "use", "lacks")}
        return Wanted(words=words, alike=bool(said.get("alike")), **rest)


def narrowed(workspace: Workspace, wanted: Wanted, today: date) -> QuerySet[Asset]:
    """The newest first."""
    found = selectors.assets(workspace)
    if wanted.album:
        found = found.filter(album=None if wanted.album == "none" else int(wanted.album))
    if wanted.tag:
        found = found.filter(tags__contains=[wanted.tag])
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.use:
        is_used = Q(file__in=usage.files_in_use(workspace))
        found = found.filter(is_used if wanted.use == "used" else ~is_used)
    if wanted.lacks == "alt":
        found = found.filter(alt="")
    elif wanted.lacks == "licence":
        found = found.filter(licence="", credit="")
    elif wanted.lacks == "consent":
        found = lacking(found, today)
    if wanted.alike:
        found = in_groups(workspace, found)
    return matching(found, wanted.words)
