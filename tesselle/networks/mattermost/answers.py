"""The error table.

Today's servers answer with one id for all reasons, so that the status tells: 400 is a webhook that
is not there (we never send nothing, nor anything but JSON). Older ones name the reason, and there a
deleted webhook is a 400 beside other 400s: the id decides.

Source: the server's `channels/web/webhook.go` (`general`) and `channels/app/webhook.go` (the reasons),
read 2026-11-25.
"""

from datetime import datetime, timedelta

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

_GONE = N_("The server no longer knows this webhook. Make a new one in Mattermost and connect it.")
_OFF = N_("Incoming webhooks are switched off on this server. Ask whoever runs it.")
_NO_CHANNEL = N_("The channel of this webhook is archived or gone. Make a webhook for another channel.")
_ROLE = N_("Whoever made this webhook may no longer post in its channel. Make a new one and connect it.")
_FORM = N_("The server cannot read this message.")
_EMPTY = N_("Mattermost wants words in a message.")
_SLOW = N_("The server asks to slow down.")
_WAIT = N_("The server asks to wait %(seconds)s seconds.")

_BLOCKS: dict[str, tuple[BlockReason, str]] = {
    "web.incoming_webhook.invalid.app_error": (BlockReason.SIGN_IN, _GONE),
    "web.incoming_webhook.disabled.app_error": (BlockReason.ROLE, _OFF),
    "web.incoming_webhook.channel.app_error": (BlockReason.SIGN_IN, _NO_CHANNEL),
    "app.channel.get.existing.app_error": (BlockReason.SIGN_IN, _NO_CHANNEL),
    "web.incoming_webhook.channel_locked.app_error": (BlockReason.ROLE, _ROLE),
    "web.incoming_webhook.permissions.app_error": (BlockReason.ROLE, _ROLE),
    "web.incoming_webhook.user.app_error": (BlockReason.SIGN_IN, _ROLE),
}
_GENERAL = "web.incoming_webhook.general.app_error"
_BY_STATUS: dict[int, tuple[BlockReason, str]] = {
    400: (BlockReason.SIGN_IN, _GONE),
    403: (BlockReason.ROLE, _ROLE),
    404: (BlockReason.SIGN_IN, _NO_CHANNEL),
    501: (BlockReason.ROLE, _OFF),
}
_REFUSALS: dict[str, tuple[str, str]] = {
    "web.incoming_webhook.decode.app_error": ("form", _FORM),
    "web.incoming_webhook.parse.app_error": ("form", _FORM),
    "web.incoming_webhook.text.app_error": ("text_empty", _EMPTY),
    "api.webhook.incoming.error": ("form", _FORM),
}


def judge(response: Response, now: datetime) -> Verdict:
    code = str(response.mapping().get("id", ""))
    if response.status == 429:
        return _throttled(response, now)
    blocked = _BY_STATUS.get(response.status) if code == _GENERAL else _BLOCKS.get(code)
    if blocked is not None:
        reason, sentence = blocked
        return Blocked(reason, Message(sentence))
    if code in _REFUSALS and response.status < 500:
        short, sentence = _REFUSALS[code]
        return Refused(short, Message(sentence))
    return Doubtful(f"unlisted answer {response.status} {code}"[:80].strip())


def _throttled(response: Response, now: datetime) -> Verdict:
    told = response.headers.get("retry-after") or response.headers.get("x-ratelimit-reset", "")
    if not told.isdigit():
        return Later(Message(_SLOW))
    return Later(Message(_WAIT, {"seconds": int(told)}), now + timedelta(seconds=max(int(told), 1)))
