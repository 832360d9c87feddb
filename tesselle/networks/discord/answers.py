"""The error table, by Discord's own JSON codes.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes, read 2026-08-06. An answer
without a code is not Discord's; 5xx may have been saved.
"""

from datetime import datetime, timedelta

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

GONE = "gone"

_DEAD = N_("Discord no longer knows this webhook. Make a new one in the channel and connect it.")
_NO_CHANNEL = N_("The webhook’s channel is gone. Make a webhook in another channel and connect it.")
_WAIT = N_("Discord asks to wait %(seconds)s seconds.")
_BUSY = N_("Discord is overloaded.")
_TOO_LARGE = N_("A file is larger than this Discord server takes.")
_FORM = N_("Discord refuses the message (%(fields)s).")

_BLOCKS = {
    10015: (BlockReason.SIGN_IN, _DEAD),
    50027: (BlockReason.SIGN_IN, _DEAD),
    10003: (BlockReason.SIGN_IN, _NO_CHANNEL),
}
_REFUSALS: dict[int, tuple[str, str]] = {
    10008: (GONE, N_("The message is no longer there.")),
    30046: ("edited_too_often", N_("Discord lets an old message be changed only so often. Try again later.")),
    40005: ("media_too_heavy", _TOO_LARGE),
    50006: ("text_empty", N_("Discord wants a text, a picture or a film.")),
    50035: ("form", _FORM),
    50045: ("media_too_heavy", _TOO_LARGE),
    50109: ("form", _FORM),
    50083: ("thread", N_("The thread is archived. Take another one.")),
    160005: ("thread", N_("The thread is locked. Take another one.")),
    220001: ("thread", N_("This is a forum channel: write the title of the forum post in the options.")),
    220002: ("thread", N_("Give either the title of a forum post or the number of a thread, not both.")),
    220003: ("thread", N_("Only forum and media channels take a title of a forum post. Leave it empty.")),
    240000: ("link", N_("Discord holds a link in the text for harmful.")),
}


def code_of(response: Response) -> int:
    code = response.mapping().get("code")
    return code if isinstance(code, int) else 0


def judge(response: Response, now: datetime) -> Verdict:
    code, status = code_of(response), response.status
    if status == 429:
        return _throttled(response, now)
    if status == 413:
        return Refused("media_too_heavy", Message(_TOO_LARGE))
    if code == 130000:
        return Later(Message(_BUSY))
    if status >= 500:
        return Doubtful(f"{status} {code}")
    if code in _BLOCKS:
        reason, sentence = _BLOCKS[code]
        return Blocked(reason, Message(sentence))
    if code in _REFUSALS:
        short, sentence = _REFUSALS[code]
        return Refused(short, Message(sentence, {"fields": _fields(response)} if "%(" in sentence else {}))
    return Doubtful(f"unlisted answer {status} {code}")


def _throttled(response: Response, now: datetime) -> Verdict:
    """`retry_after` is seconds with a fraction; a proxy before Discord gives the header only."""
    told = response.mapping().get("retry_after", response.headers.get("retry-after", ""))
    try:
        seconds = float(told)
    except ValueError:
        return Later(Message(_BUSY))
    return Later(Message(_WAIT, {"seconds": f"{seconds:.1f}"}), now + timedelta(seconds=seconds))


def _fields(response: Response) -> str:
    errors = response.mapping().get("errors")
    return ", ".join(errors) if isinstance(errors, dict) and errors else "?"
