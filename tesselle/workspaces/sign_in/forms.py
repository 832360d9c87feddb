"""The account library's forms, where what they say does not hold here."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, LoginForm
from django.utils.translation import gettext_lazy as _

from tesselle.workspaces.models import User


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is not typed
    """Without the help that always points to a reset by mail; the page says what can be done."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewAddressForm(AddEmailForm):  # type: ignore[misc]
    """Says at once that somebody else has the address: whoever is signed in sees the others' anyway."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email
