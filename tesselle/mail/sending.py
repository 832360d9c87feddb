"""Sending one message, with the answer as a value: for pages that show it."""

import contextlib
import logging
import smtplib
from dataclasses import dataclass

from django.core.mail import EmailMessage

from tesselle.domain.messages import Message
from tesselle.mail.backend import TIMEOUT_SECONDS, backend_for
from tesselle.mail.services import Route
from tesselle.mail.verdicts import explain

logger = logging.getLogger(__name__)

FAILURES = (OSError, smtplib.SMTPException)


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    data: bytes
    mime: str


def send_by(
    route: Route,
    *,
    to: str,
    subject: str,
    body: str,
    attached: Attached | None = None,
    timeout_seconds: int = TIMEOUT_SECONDS,
) -> Message | None:
    """None when the server took it, else what it said."""
    message = EmailMessage(subject, body, route.from_address, [to])
    if attached is not None:
        message.attach(attached.name, attached.data, attached.mime)
    backend = backend_for(route, timeout_seconds)
    try:
        backend.send_messages([message])
    except FAILURES as error:
        said = explain(error, route)
        logger.warning("mail_failed", extra={"server": repr(route), "said": str(said)})
        return said
    finally:
        # Django leaves the connection open when its beginning fails.
        with contextlib.suppress(*FAILURES):
            backend.close()
    return None
