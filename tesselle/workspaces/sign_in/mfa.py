"""Second factors and passkeys: their secrets sealed, their names in our words."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tesselle.vault import secrets
from tesselle.workspaces.models import User


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code or passkey does not open the account."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.seal({"secret": text})

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal(encrypted_text)["secret"]

    def get_totp_issuer(self) -> str:
        return "Tesselle"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Tesselle"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)s") % {"number": number}
