"""The page of the site and the profiles."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.models import Path
from tesselle.academy.parts import parts
from tesselle.academy.presence.fetching import address_of
from tesselle.academy.presence.pages import presence_page
from tesselle.academy.presence.services import ask
from tesselle.web.htmx import go_to, show, show_invalid


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the company’s website"),
        help_text=_("Left empty, only the profiles are looked at."),
        required=False,
        max_length=300,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "url", "placeholder": "www.exemple.ch"}),
    )

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"]
        found = address_of(typed)
        if typed and not found:
            raise forms.ValidationError(
                gettext("This is not the address of a website. Write it as in a browser: www.exemple.ch")
            )
        return found


@require_GET
@on_own_path
def presence(request: HttpRequest, path: Path) -> HttpResponse:
    last = path.site_checks.exclude(address="").last()
    form = AddressForm(initial={"address": last.address if last else ""})
    return show(request, "academy/presence.html", "academy/_presence.html", _values(path, form))


@require_POST
@on_own_path
def look(request: HttpRequest, path: Path) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return show_invalid(request, "academy/presence.html", "academy/_presence.html", _values(path, form))
    ask(path, form.cleaned_data["address"])
    return go_to(request, reverse("academy:presence"))


def _values(path: Path, form: AddressForm) -> dict[str, object]:
    return {"path": path, "parts": parts("presence"), "page": presence_page(path), "form": form}
