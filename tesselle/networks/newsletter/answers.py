"""The error table: RFC 5321, 4.2, and RFC 3463. Every answer of a mail server before or after the dot is sure;
one without a phase is none of a mail server, and proves nothing."""

from collections.abc import Mapping
from datetime import datetime

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

PHASE = "smtp-phase"
_MOST_SHOWN = 200

_SIGN_IN = N_(
    "The mail server does not accept the user name or the password. Check both; some providers want a password "
    "made for applications. It said: %(said)s"
)
_SENDER = N_(
    "The mail server does not let you send from this address. Use one that belongs to your account there. It "
    "said: %(said)s"
)
_NO_TLS = N_(
    "The mail server offers no protected connection on this port. Try port 465, or ask your provider. It said: %(said)s"
)
_TURNED_AWAY = N_("The mail server takes no mail from here. Ask your provider why. It said: %(said)s")
_BUSY = N_("The mail server asks us to come back later. It said: %(said)s")
_RECIPIENT_LATER = N_("The server of this recipient asks us to come back later. It said: %(said)s")
_RECIPIENT = N_("This recipient cannot be written to. The mail server said: %(said)s")
_TOO_LARGE = N_("The mail is too large for the mail server. It said: %(said)s")
_CONTENT = N_(
    "The mail server refuses this mail. It may take it for spam, or you have sent as much as you may. It said: %(said)s"
)


def judge(response: Response, now: datetime) -> Verdict:
    phase, code = response.headers.get(PHASE, ""), response.status
    told = {"said": f"{code} {' '.join(response.body.decode('utf-8', 'replace').split())}"[:_MOST_SHOWN]}
    if not phase or not 400 <= code < 600:
        return Doubtful(f"no answer of a mail server: {code}")
    if code < 500:
        return _later(code, phase, told)
    if phase == "auth" or code in {530, 534, 535}:
        return Blocked(BlockReason.SIGN_IN, Message(_SIGN_IN, told))
    match phase:
        case "starttls":
            return Blocked(BlockReason.ROLE, Message(_NO_TLS, told))
        case "sender":
            return Blocked(BlockReason.ROLE, Message(_SENDER, told))
        case "recipient":
            return Refused("recipient", Message(_RECIPIENT, told), only_this=True)
        case "data" | "done":
            return Refused("too_large", Message(_TOO_LARGE, told)) if code == 552 else _refused(told)
    return Blocked(BlockReason.PENALTY, Message(_TURNED_AWAY, told))


def _later(code: int, phase: str, told: Mapping[str, str | int]) -> Verdict:
    """421 closes the line: it is about us. Else what was said to a recipient is about that one."""
    if phase == "recipient" and code != 421:
        return Later(Message(_RECIPIENT_LATER, told), only_this=True)
    return Later(Message(_BUSY, told))


def _refused(told: Mapping[str, str | int]) -> Refused:
    return Refused("content", Message(_CONTENT, told))
