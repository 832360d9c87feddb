"""The error table: what Telegram's refusals mean.

Descriptions are English and steady in practice, but no contract: they are matched lower-cased, in
part, first match wins. Sources: tdlib/telegram-bot-api `Client.cpp` (10.0, 7 May 2026), which passes
on the texts of TDLib and the codes of Telegram's servers that the rest of the lines name (collected
from practice). What is not listed is doubtful; so is every 5xx.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

_SIGN_IN = N_("Telegram does not accept this bot token any more. Copy the present one from @BotFather.")
_MEMBER = N_("The bot is no longer in the channel. Add it again as an administrator.")
_ROLE = N_("The bot may not do this in the channel. Give it the right back: channel, Administrators.")
_NO_CHAT = N_("Telegram does not find this channel, or the bot is not in it. Add it as an administrator.")
_PENALTY = N_("Telegram has closed or limited this bot or channel. Ask @BotSupport or the channel’s owner.")
_OLD_SERVER = N_("This address does not offer the call. Check the Bot API address of the channel.")
_BUSY = N_("Another program reads this bot’s messages. Give Tesselle a bot of its own.")
_WAIT = N_("Telegram asks to wait %(seconds)s seconds.")
_SLOW_DOWN = N_("Telegram asks to slow down.")

_REFUSALS: tuple[tuple[str, str, str], ...] = (
    ("message text is empty", "text_empty", N_("Telegram refuses a post without text.")),
    ("text must be non-empty", "text_empty", N_("Telegram refuses a post without text.")),
    ("caption is too long", "text_too_long", N_("The text under a picture is too long for Telegram.")),
    ("message is too long", "text_too_long", N_("The text is too long for Telegram.")),
    ("can't parse entities", "text_format", N_("Telegram cannot read the formatting of the text.")),
    ("photo_invalid_dimensions", "media_size", N_("Telegram refuses a picture of this shape or size.")),
    ("image_process_failed", "media_unreadable", N_("Telegram cannot read the picture.")),
    ("photo_save_file_invalid", "media_unreadable", N_("Telegram cannot read the picture.")),
    ("wrong file identifier", "media_unreadable", N_("Telegram cannot read the file.")),
    ("media_empty", "media_unreadable", N_("Telegram cannot read the file.")),
    ("media_invalid", "media_unreadable", N_("Telegram cannot read the file.")),
    ("file must be non-empty", "media_unreadable", N_("Telegram cannot read the file.")),
    ("file is too big", "media_too_heavy", N_("The file is too heavy for Telegram.")),
    ("request entity too large", "media_too_heavy", N_("The file is too heavy for Telegram.")),
    ("media of the specified type in the album", "album", N_("These files cannot form one album.")),
    ("to send as an album", "album", N_("An album holds 2 to 10 files.")),
    ("group send failed", "album", N_("Telegram refuses this album.")),
    ("replied not found", "target_gone", N_("The message to answer is no longer there.")),
    ("to edit not found", "target_gone", N_("The message to change is no longer there.")),
    ("can't be edited", "not_ours", N_("Telegram does not let the bot change this message.")),
    ("can't be deleted", "not_ours", N_("Telegram does not let the bot delete this message.")),
    ("topic_closed", "topic_closed", N_("This discussion is closed.")),
)

_BLOCKS: tuple[tuple[str, BlockReason, str], ...] = (
    ("bot is not a member", BlockReason.ROLE, _MEMBER),
    ("bot was kicked", BlockReason.ROLE, _MEMBER),
    ("member list is inaccessible", BlockReason.ROLE, _MEMBER),
    ("user not found", BlockReason.ROLE, _MEMBER),
    ("participant_id_invalid", BlockReason.ROLE, _MEMBER),
    ("need administrator rights", BlockReason.ROLE, _ROLE),
    ("not enough rights", BlockReason.ROLE, _ROLE),
    ("have no rights", BlockReason.ROLE, _ROLE),
    ("chat_admin_required", BlockReason.ROLE, _ROLE),
    ("chat_write_forbidden", BlockReason.ROLE, _ROLE),
    ("chat not found", BlockReason.ROLE, _NO_CHAT),
    ("peer_id_invalid", BlockReason.ROLE, _NO_CHAT),
    ("is deactivated", BlockReason.PENALTY, _PENALTY),
    ("was deactivated", BlockReason.PENALTY, _PENALTY),
    ("chat was deleted", BlockReason.PENALTY, _PENALTY),
    ("frozen", BlockReason.PENALTY, _PENALTY),
    ("method not found", BlockReason.ROLE, _OLD_SERVER),
)


def description(response: Response) -> str:
    """Telegram's own sentence, lower-cased; "" when the answer is not Telegram's."""
    body = response.mapping()
    return str(body.get("description", "")).lower() if body.get("ok") is False else ""


def judge(response: Response, now: datetime) -> Verdict:
    """What a refusal means. A proxy's answer (no `ok`, no description) says nothing for sure."""
    body = response.mapping()
    if response.status == 413:
        return _refused("request entity too large") or Doubtful("413")
    if body.get("ok") is not False:
        return Doubtful(f"unlisted answer {response.status}")
    code, said = int(body.get("error_code") or response.status), description(response)
    if code >= 500:
        return Doubtful(f"{code} {said}"[:200])
    if code in _BY_CODE:
        verdict = _BY_CODE[code](body, now)
        if verdict is not None:
            return verdict
    return _blocked(said) or _refused(said) or Doubtful(f"{code} {said}"[:200])


def _throttled(body: dict[str, Any], now: datetime) -> Verdict:
    parameters = body.get("parameters") or {}
    seconds = parameters.get("retry_after")
    if not isinstance(seconds, int):
        return Later(Message(_SLOW_DOWN))
    return Later(Message(_WAIT, {"seconds": seconds}), now + timedelta(seconds=seconds))


def _unknown_address(body: dict[str, Any], now: datetime) -> Verdict | None:
    # A token that cannot be one is answered 404 "Not Found", a method that is none likewise but longer.
    said = str(body.get("description", "")).lower()
    return Blocked(BlockReason.SIGN_IN, Message(_SIGN_IN)) if said == "not found" else None


_BY_CODE: dict[int, Callable[[dict[str, Any], datetime], Verdict | None]] = {
    401: lambda body, now: Blocked(BlockReason.SIGN_IN, Message(_SIGN_IN)),
    404: _unknown_address,
    406: lambda body, now: Blocked(BlockReason.PENALTY, Message(_PENALTY)),
    409: lambda body, now: Later(Message(_BUSY)),
    429: _throttled,
}


def _blocked(said: str) -> Verdict | None:
    found = next((row for row in _BLOCKS if row[0] in said), None)
    return Blocked(found[1], Message(found[2])) if found else None


def _refused(said: str) -> Verdict | None:
    found = next((row for row in _REFUSALS if row[0] in said), None)
    return Refused(found[1], Message(found[2])) if found else None
