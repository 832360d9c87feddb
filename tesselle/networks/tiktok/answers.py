"""The error table: what a code of TikTok's envelope means, and why it gave up on a film while working on it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

OK = "ok"
WHILE = timedelta(hours=4)

SIGN_IN = N_("TikTok no longer accepts the sign-in. Connect the channel again.")
RIGHT = N_("The sign-in lacks a right that this needs. Connect again and leave every right ticked.")
UNAUDITED = N_(
    "TikTok has not audited the application yet: until then only private accounts can be posted to. "
    "Ask for the audit on developers.tiktok.com, or connect the account for drafts."
)
UNVERIFIED = N_(
    "TikTok fetches photos only from addresses that were verified for the application. On "
    "developers.tiktok.com, under URL properties, verify the address of this installation."
)
BANNED = N_("TikTok has banned this account from posting. Look at it in the app.")
BUSY = N_("TikTok asks for a pause.")
DAY_FULL = N_("TikTok takes no more posts of this account for a while: those of the day are used up.")
INBOX_FULL = N_(
    "Five drafts are waiting in the TikTok app, more are not taken. Post or delete some there; it will be "
    "tried again."
)
APP_FULL = N_("Too many accounts posted through this application today. It will be tried again.")
REFUSED = N_("TikTok refuses a value of this post (“%(answer)s”).")
PRIVACY = N_("Who can see it: this account no longer has that choice. Make it again.")
FILE = N_("TikTok cannot use the file (“%(answer)s”). Use another format or a smaller size.")
WORDS = N_("TikTok takes the words of this post for spam. Change them.")
SPAM = N_("TikTok takes this post for spam. Look at the account in the app.")
OLD_APP = N_("The TikTok app on the telephone is too old for photo drafts. Renew it there.")
GIVEN_UP = N_("TikTok gave up on it (“%(answer)s”). Post it again.")

Rule = tuple[Callable[[Message], Verdict], str]


def _refused(code: str) -> Callable[[Message], Verdict]:
    return lambda message: Refused(code, message)


def _blocked(reason: BlockReason) -> Callable[[Message], Verdict]:
    return lambda message: Blocked(reason, message)


_SIGNED_OUT: Rule = (_blocked(BlockReason.SIGN_IN), SIGN_IN)
_NO_RIGHT: Rule = (_blocked(BlockReason.ROLE), RIGHT)
_BAD_VALUE: Rule = (_refused("invalid"), REFUSED)
_BAD_FILE: Rule = (_refused("media_refused"), FILE)

CODES: Mapping[str, Rule] = {
    "access_token_invalid": _SIGNED_OUT,
    "scope_not_authorized": _NO_RIGHT,
    "scope_permission_missed": _NO_RIGHT,
    "token_not_authorized_for_specified_publish_id": _NO_RIGHT,
    "unaudited_client_can_only_post_to_private_accounts": (_blocked(BlockReason.ADMISSION), UNAUDITED),
    "url_ownership_unverified": (_blocked(BlockReason.ADMISSION), UNVERIFIED),
    "spam_risk_user_banned_from_posting": (_blocked(BlockReason.PENALTY), BANNED),
    "rate_limit_exceeded": (Later, BUSY),
    "spam_risk_too_many_posts": (Later, DAY_FULL),
    "spam_risk_too_many_pending_share": (Later, INBOX_FULL),
    "reached_active_user_cap": (Later, APP_FULL),
    "invalid_param": _BAD_VALUE,
    "invalid_params": _BAD_VALUE,
    "privacy_level_option_mismatch": (_refused("privacy"), PRIVACY),
    "invalid_file_upload": _BAD_FILE,
    "app_version_check_failed": (_refused("app_too_old"), OLD_APP),
    "spam_risk_text": (_refused("text_refused"), WORDS),
    "spam_risk": (_refused("spam"), SPAM),
}
AT_ONCE = {"rate_limit_exceeded"}
"""A window of a minute, which our own back-off soon reaches; the others try again after a while."""

REASONS: Mapping[str, Rule] = {
    **dict.fromkeys(
        ("file_format_check_failed", "duration_check_failed", "frame_rate_check_failed"), _BAD_FILE
    ),
    "picture_size_check_failed": _BAD_FILE,
    "spam_risk_text": CODES["spam_risk_text"],
    "spam_risk": CODES["spam_risk"],
    "auth_removed": _SIGNED_OUT,
}
"""`fail_reason` of a film or photos that were taken, then given up."""
PASSING = {"internal", "video_pull_failed", "photo_pull_failed", "publish_cancelled", ""}
"""After which the same post may well do, put up anew."""


def code_of(response: Response) -> str:
    """ "" for an answer that is no envelope."""
    error = response.mapping().get("error")
    return str(error.get("code") or "") if isinstance(error, dict) else ""


def judge(response: Response, now: datetime) -> Verdict:
    code = code_of(response)
    if response.status >= 500 or code not in CODES:
        return Doubtful(f"unlisted answer {response.status} {code}".strip())
    verdict, sentence = CODES[code]
    error = response.mapping()["error"]
    told = verdict(_message(sentence, f"{code}: {error.get('message', '')}"))
    if isinstance(told, Later) and code not in AT_ONCE:
        return Later(told.message, now + WHILE)
    return told


def reason(fail_reason: str) -> Refused | Blocked:
    """What giving up on it means; after one of `PASSING` it may be put up anew."""
    verdict, sentence = REASONS.get(fail_reason, (_refused("failed"), GIVEN_UP))
    told = verdict(_message(sentence, fail_reason))
    assert isinstance(told, Refused | Blocked)
    return told


def _message(sentence: str, answer: str) -> Message:
    return Message(sentence, {"answer": answer[:200]} if "%(answer)s" in sentence else {})
