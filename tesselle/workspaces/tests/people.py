"""Short ways in for these tests."""

import time

from allauth.account.models import EmailAddress
from django.test import Client

from tesselle.workspaces.models import User

PASSWORD = "correct horse battery staple"


def give_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def verify(user: User) -> None:
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )


def prove(client: Client) -> None:
    """As after the page that asks again who it is."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
