"""A way in for whoever is locked out: a link that lets them choose a new password, once."""

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.workspaces.models import User
from tesselle.workspaces.telling import tell_account


@transaction.atomic
def reset_link(email: str, *, drop_second_factors: bool = False) -> str:
    """The whole address. It is worth nothing once the password was changed or the person has signed in.

    Raises:
        RuleError: nobody has this address.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise RuleError(Message(_NOBODY, {"email": email}))
    tell_account("account.reset_link_made", user)
    if drop_second_factors:
        Authenticator.objects.filter(user=user).delete()
        for session in UserSession.objects.filter(user=user):
            session.end()
        tell_account("account.factors_dropped", user)
    key = f"{user_pk_to_url_str(user)}-{PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return settings.PUBLIC_URL + path.replace("UID-KEY", key)


_NOBODY = N_("Nobody has an account with the address %(email)s.")
