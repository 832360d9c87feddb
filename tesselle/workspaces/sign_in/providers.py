"""Which OpenID Connect provider people may sign in with: the environment's, else the one set in the pages."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from tesselle.vault import secrets
from tesselle.workspaces.models import IdentityProvider

SLUG = "company"
"""Its part of the address; one provider, so one word."""


@dataclass(frozen=True, slots=True)
class Provider:
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    is_from_environment: bool = False

    @property
    def origin(self) -> str:
        """Where a form that begins to sign in leads to."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


def current() -> Provider | None:
    given = settings.ENVIRONMENT
    if given.oidc_issuer:
        return Provider(
            given.oidc_name or urlsplit(given.oidc_issuer).hostname or "OpenID Connect",
            given.oidc_issuer,
            given.oidc_client_id,
            given.oidc_client_secret,
            is_from_environment=True,
        )
    kept = IdentityProvider.objects.filter(pk=1).first()
    if kept is None:
        return None
    secret = secrets.unseal(kept.sealed_secret).get("secret", "")
    return Provider(kept.name, kept.issuer, kept.client_id, secret)


def keep(provider: Provider) -> None:
    IdentityProvider.objects.update_or_create(
        pk=1,
        defaults={
            "name": provider.name,
            "issuer": provider.issuer,
            "client_id": provider.client_id,
            "sealed_secret": secrets.seal({"secret": provider.client_secret}),
            "changed_at": timezone.now(),
        },
    )


def forget() -> None:
    IdentityProvider.objects.all().delete()
