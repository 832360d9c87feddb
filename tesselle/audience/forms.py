"""What is asked on the pages of a list, and on its public form."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.audience.addresses import is_address, tidy
from tesselle.audience.models import MailingList

_NO_ADDRESS = _("This is no e-mail address that can be written to. Check it for typing errors.")


class AddressField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("E-mail address"),
            max_length=254,
            widget=forms.EmailInput(
                {"autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}
            ),
        )

    def clean(self, value: object) -> str:
        address = tidy(str(super().clean(value)))
        if not is_address(address):
            raise forms.ValidationError(_NO_ADDRESS)
        return address


class AddForm(forms.Form):
    address = AddressField()
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=120, required=False)
    consent_note = forms.CharField(
        label=_("How this person agreed"),
        max_length=300,
        help_text=_(
            "For instance “on paper at the counter, 12 May”. The law asks for it, and it is kept with the address."
        ),
    )


class ImportForm(forms.Form):
    table = forms.FileField(
        label=_("Table (CSV)"),
        help_text=_("With a column “email”, and one “name” if you like. Up to 5 MB."),
        widget=forms.ClearableFileInput({"accept": ".csv,text/csv"}),
    )
    consent_note = forms.CharField(
        label=_("How these people agreed"),
        max_length=300,
        help_text=_("Where they signed up, and when. Write only to people who said yes."),
    )


class ListForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    class Meta:
        model = MailingList
        fields = ["name", "about", "language", "is_open"]
        labels = {
            "name": _("Name of the list"),
            "about": _("What people get, and how often"),
            "language": _("Language of its pages and mails"),
            "is_open": _("People can subscribe by the form"),
        }
        help_texts = {
            "name": _("It stands on the form and in each mail."),
            "about": _("Shown on the subscription form."),
        }
        widgets = {"language": forms.Select(choices=[("fr", _("French")), ("en", _("English"))])}


class JoinForm(forms.Form):
    """The public one. `website` is hidden from people; programs fill it in."""

    address = AddressField()
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
