"""What happens to somebody's way in, into the journal: signed in, password, second factors, addresses."""

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social

from tesselle.workspaces.models import User
from tesselle.workspaces.telling import tell_account


def listen() -> None:
    """Called once, when the application starts."""
    for signal, verb in (
        (account.user_logged_in, "account.signed_in"),
        (account.password_changed, "account.password_changed"),
        (account.password_set, "account.password_changed"),
        (account.password_reset, "account.password_reset"),
    ):
        signal.connect(_teller(verb), weak=False, dispatch_uid=f"workspaces.{verb}.{id(signal)}")
    account.email_confirmed.connect(_address_confirmed, dispatch_uid="workspaces.email_confirmed")
    for signal, verb in (
        (mfa.authenticator_added, "account.factor_added"),
        (mfa.authenticator_removed, "account.factor_removed"),
        (mfa.authenticator_reset, "account.codes_renewed"),
    ):
        signal.connect(_factor_teller(verb), weak=False, dispatch_uid=f"workspaces.{verb}")
    social.social_account_added.connect(_provider_added, dispatch_uid="workspaces.provider_added")
    social.social_account_removed.connect(_provider_removed, dispatch_uid="workspaces.provider_removed")


def _teller(verb: str) -> Any:
    def listener(sender: Any, user: User, **_: Any) -> None:
        tell_account(verb, user, by=user)

    return listener


def _factor_teller(verb: str) -> Any:
    def listener(sender: Any, user: User, authenticator: Any, **_: Any) -> None:
        tell_account(verb, user, by=user, factor=str(authenticator.type))

    return listener


def _address_confirmed(sender: Any, email_address: EmailAddress, **_: Any) -> None:
    """A new address takes the old one's place, and only now."""
    if email_address.primary:
        return
    user = email_address.user
    if User.objects.filter(email__iexact=email_address.email).exclude(pk=user.pk).exists():
        # Somebody else came in with it meanwhile.
        email_address.delete()
        return
    before = user.email
    email_address.set_as_primary()
    EmailAddress.objects.filter(user=user).exclude(pk=email_address.pk).delete()
    tell_account("account.email_changed", user, by=user, before=before)
    names = {"from_email": before, "to_email": email_address.email}
    get_adapter().send_notification_mail("account/email/email_changed", user, names, email=before)


def _provider_added(sender: Any, sociallogin: Any, **_: Any) -> None:
    user = sociallogin.user
    # The person stood at both doors at once: what the provider has verified is verified here too.
    for address in sociallogin.email_addresses:
        if address.verified:
            EmailAddress.objects.filter(user=user, email__iexact=address.email).update(verified=True)
    tell_account("account.provider_added", user, by=user)


def _provider_removed(sender: Any, socialaccount: Any, **_: Any) -> None:
    tell_account("account.provider_removed", socialaccount.user, by=socialaccount.user)
