"""Outgoing mail, and signing in with the company's account."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.connectors.http.guarded import Guard
from tesselle.mail.models import MailServer
from tesselle.mail.services import Route
from tesselle.workspaces.sign_in.providers import Provider


def _secret(label: Any, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "off"})
    return forms.CharField(label=label, required=False, strip=False, widget=widget, **more)


class MailForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    from_address = forms.EmailField(
        label=pgettext_lazy("mail", "From"), help_text=_("The address that people see as the sender.")
    )
    password = _secret(_("Password"))

    class Meta:
        model = MailServer
        fields = ["host", "port", "security", "username", "from_address"]
        labels = {"host": _("Server"), "security": _("Security"), "username": _("User name")}
        help_texts = {"host": _("As your mail provider names it, such as smtp.example.org.")}

    field_order = ("host", "port", "security", "username", "password", "from_address")

    def __init__(self, *args: Any, known: Route | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None and known.password:
            self.fields["password"].help_text = _("Leave it empty to keep the one that is saved.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["password"] = values.get("password") or self._kept_password(values)
        if values.get("username") and not values["password"] and not self.errors:
            self.add_error("password", _("Type the password that goes with this server and user name."))
        return values

    def _kept_password(self, values: dict[str, Any]) -> str:
        """Only for the place it was typed for: it must not be sent to another server."""
        known = self.known
        if known is None:
            return ""
        same = all(values.get(name) == getattr(known, name) for name in ("host", "security", "username"))
        return known.password if same else ""

    def route(self) -> Route:
        return Route(**self.cleaned_data)


class ProviderForm(forms.Form):
    name = forms.CharField(
        label=_("Name on the button"), max_length=60, help_text=_("Usually the company’s or the provider’s.")
    )
    issuer = forms.URLField(
        label=_("Address of the provider"),
        assume_scheme="https",
        help_text=_("Its “issuer”, such as https://login.example.org."),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=300)
    client_secret = _secret(_("Client secret"))

    def __init__(self, *args: Any, known: Provider | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None and known.client_secret:
            self.fields["client_secret"].help_text = _("Leave it empty to keep the one that is saved.")

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"].rstrip("/")
        parts = urlsplit(issuer)
        if parts.scheme != "https" and not _is_allowed_inside(parts.hostname or ""):
            raise forms.ValidationError(
                _("The address must begin with https://, or whoever listens on the way could sign in.")
            )
        return issuer

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        known = self.known
        if not values.get("client_secret"):
            same = known is not None and all(
                values.get(name) == getattr(known, name) for name in ("issuer", "client_id")
            )
            values["client_secret"] = known.client_secret if known is not None and same else ""
        if not values["client_secret"] and not self.errors:
            self.add_error("client_secret", _("Type the secret that goes with this client ID."))
        return values

    def provider(self) -> Provider:
        return Provider(**self.cleaned_data)


def _is_allowed_inside(host: str) -> bool:
    """Inside one's own network the operator may have no certificate; only where they say so."""
    allowed = settings.ENVIRONMENT.allowed_private
    if host in allowed:
        return True
    try:
        inside = not ipaddress.ip_address("127.0.0.1" if host == "localhost" else host).is_global
    except ValueError:
        return False
    return inside and Guard(allowed).allows(host, "127.0.0.1" if host == "localhost" else host)
