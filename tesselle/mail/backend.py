"""Django's own SMTP, by the server that the operator chose in the pages."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from tesselle.domain.errors import TesselleError
from tesselle.domain.messages import N_
from tesselle.mail.models import MailServer
from tesselle.mail.services import Route, route

TIMEOUT_SECONDS = 10


class NoMailServerError(TesselleError):
    """Nobody has set up a mail server yet."""


def backend_for(route: Route, timeout_seconds: int = TIMEOUT_SECONDS) -> EmailBackend:
    return EmailBackend(
        host=route.host,
        port=route.port,
        username=route.username,
        password=route.password,
        use_tls=route.security == MailServer.Security.STARTTLS,
        use_ssl=route.security == MailServer.Security.TLS,
        timeout=timeout_seconds,
    )


class InstanceMailBackend(BaseEmailBackend):
    """Named by the setting EMAIL_BACKEND. Looks the server up for each sending: it may have changed.

    Raises:
        NoMailServerError: there is none.
        OSError, smtplib.SMTPException: see `verdicts`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        way = route()
        if way is None:
            raise NoMailServerError(N_("No mail server is set up, so nothing was sent."))
        return backend_for(way).send_messages(email_messages)
