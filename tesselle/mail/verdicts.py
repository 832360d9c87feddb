"""What a mail server's answer means, and what to do about it."""

import smtplib
import socket
import ssl

from tesselle.domain.messages import N_, Message
from tesselle.mail.services import Route

_MOST_SHOWN = 300


def explain(error: Exception, route: Route) -> Message:
    """One sentence for the person who typed the settings; the server's own words at its end."""
    where: dict[str, str | int] = {"host": route.host, "port": route.port}
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Message(_SIGN_IN, {**where, "said": _said(error.smtp_code, error.smtp_error)})
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        address, (code, text) = next(iter(error.recipients.items()))
        return Message(_RECIPIENT, {"address": address, "said": _said(code, text)})
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Message(_SENDER, {"address": error.sender, "said": _said(error.smtp_code, error.smtp_error)})
    if isinstance(error, smtplib.SMTPResponseException):
        return Message(_REFUSED, {**where, "said": _said(error.smtp_code, error.smtp_error)})
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Message(_UNSUPPORTED, {**where, "said": str(error)[:_MOST_SHOWN]})
    return _connection(error, where)


def _connection(error: Exception, where: dict[str, str | int]) -> Message:
    # The library wraps a silence that comes after the connection in a "disconnected".
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Message(_SILENT, where)
    if isinstance(error, socket.gaierror):
        return Message(_NO_SUCH_HOST, where)
    if isinstance(error, ssl.SSLError):
        return Message(_TLS, {**where, "said": (error.reason or str(error))[:_MOST_SHOWN]})
    if isinstance(error, ConnectionRefusedError):
        return Message(_NOBODY, where)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Message(_HUNG_UP, where)
    return Message(_OTHER, {**where, "said": str(error)[:_MOST_SHOWN] or type(error).__name__})


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"[:_MOST_SHOWN]


_SIGN_IN = N_(
    "%(host)s does not accept the user name or the password. Check both; some providers want a password "
    "made for applications. It said: %(said)s"
)
_RECIPIENT = N_(
    "The server accepted the sign-in but not the recipient %(address)s. Check the address; some servers only "
    "deliver to their own until you are admitted. It said: %(said)s"
)
_SENDER = N_(
    "The server does not let this account send as %(address)s. Write an address that belongs to it under "
    "“From”. It said: %(said)s"
)
_REFUSED = N_("%(host)s did not take the message. It said: %(said)s")
_UNSUPPORTED = N_(
    "%(host)s does not offer on port %(port)s what was asked for. Try another kind of security and its usual "
    "port. (%(said)s)"
)
_SILENT = N_(
    "%(host)s did not answer on port %(port)s in time. The port may be blocked by a firewall or be the wrong "
    "one; 587 and 465 are usual."
)
_NO_SUCH_HOST = N_("There is no server called %(host)s. Check the spelling.")
_TLS = N_(
    "The protected connection to %(host)s on port %(port)s failed. The kind of security may not fit the port "
    "(STARTTLS goes with 587, TLS with 465), or the certificate is not valid. (%(said)s)"
)
_NOBODY = N_("Nobody takes mail on %(host)s, port %(port)s. Check both; 587 and 465 are usual.")
_HUNG_UP = N_(
    "%(host)s hung up on port %(port)s before taking the message. The kind of security may not fit the port."
)
_OTHER = N_("No mail could be sent by %(host)s, port %(port)s: %(said)s")
