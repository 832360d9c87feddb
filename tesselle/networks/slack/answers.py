"""The error table. Slack answers in one plain word beside the status; the word decides, for statuses
beside a word differ between reports. What is not listed is doubtful; so is every 5xx."""

from datetime import datetime, timedelta

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

YES = "ok"

_GONE = N_("Slack no longer knows this webhook address. Add a new webhook to the channel and connect it.")
_CLOSED = N_("The channel is archived or was deleted in Slack. Choose another channel and connect it.")
_FORBIDDEN = N_("Slack forbids the app to post in this channel. Ask whoever runs the workspace.")
_SLOW = N_("Slack asks to slow down.")
_WAIT = N_("Slack asks to wait %(seconds)s seconds.")
_FORM = N_("Slack cannot read this message (%(code)s).")
_LONG = N_("The message is too long for Slack.")
_EMPTY = N_("Slack wants words in a message.")

_BLOCKS: dict[str, tuple[BlockReason, str]] = {
    **dict.fromkeys(
        ("no_service", "no_active_hooks", "no_service_id", "no_team", "team_disabled", "invalid_token"),
        (BlockReason.SIGN_IN, _GONE),
    ),
    **dict.fromkeys(("channel_not_found", "channel_is_archived"), (BlockReason.SIGN_IN, _CLOSED)),
    **dict.fromkeys(
        ("action_prohibited", "posting_to_general_channel_denied"), (BlockReason.ROLE, _FORBIDDEN)
    ),
}
_REFUSALS: dict[str, tuple[str, str]] = {
    "no_text": ("text_empty", _EMPTY),
    "missing_text_or_fallback_or_attachments": ("text_empty", _EMPTY),
    "msg_blocks_too_long": ("text_too_long", _LONG),
    "msg_too_long": ("text_too_long", _LONG),
    **dict.fromkeys(
        (
            "invalid_payload",
            "invalid_blocks",
            "invalid_blocks_format",
            "too_many_attachments",
            "user_not_found",
        ),
        ("form", _FORM),
    ),
}


def word_of(response: Response) -> str:
    return response.body[:200].decode("utf-8", "replace").strip()


def judge(response: Response, now: datetime) -> Verdict:
    word, status = word_of(response), response.status
    if status == 429:
        return _throttled(response, now)
    if status >= 500:
        return Doubtful(f"{status} {word}"[:80])
    if word in _BLOCKS:
        reason, sentence = _BLOCKS[word]
        return Blocked(reason, Message(sentence))
    if word in _REFUSALS:
        code, sentence = _REFUSALS[word]
        return Refused(code, Message(sentence, {"code": word} if "%(code)s" in sentence else {}))
    return Doubtful(f"unlisted answer {status}")


def _throttled(response: Response, now: datetime) -> Verdict:
    told = response.headers.get("retry-after", "")
    if not told.isdigit():
        return Later(Message(_SLOW))
    return Later(Message(_WAIT, {"seconds": int(told)}), now + timedelta(seconds=int(told)))
