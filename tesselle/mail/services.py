"""Which server mail leaves by."""

from dataclasses import dataclass

from django.utils import timezone

from tesselle.mail.models import MailServer
from tesselle.vault import secrets


@dataclass(frozen=True, slots=True)
class Route:
    """How a message leaves. The password is not shown when this is printed."""

    host: str
    port: int
    security: str
    username: str
    password: str
    from_address: str

    def __repr__(self) -> str:
        return f"Route({self.host}:{self.port}, {self.security}, {self.username or '-'})"


def server() -> MailServer | None:
    return MailServer.objects.filter(pk=1).first()


def is_set_up() -> bool:
    return MailServer.objects.filter(pk=1).exists()


def route() -> Route | None:
    """With the password opened; None when no server was set up."""
    kept = server()
    if kept is None:
        return None
    return Route(
        host=kept.host,
        port=kept.port,
        security=kept.security,
        username=kept.username,
        password=secrets.unseal(kept.sealed_password).get("password", ""),
        from_address=kept.from_address,
    )


def keep(route: Route) -> None:
    MailServer.objects.update_or_create(
        pk=1,
        defaults={
            "host": route.host,
            "port": route.port,
            "security": route.security,
            "username": route.username,
            "sealed_password": secrets.seal({"password": route.password}) if route.password else "",
            "from_address": route.from_address,
            "changed_at": timezone.now(),
        },
    )


def forget() -> None:
    MailServer.objects.all().delete()
