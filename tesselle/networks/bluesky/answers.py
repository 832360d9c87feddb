"""The error table: what an answer of Bluesky means. What is not listed here is doubtful."""

from datetime import UTC, datetime, timedelta

from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import (
    Blocked,
    BlockReason,
    Doubtful,
    Duplicate,
    Later,
    Refused,
    Verdict,
)
from tesselle.networks.bluesky.xrpc import Complaint

SIGN_IN_AGAIN = N_(
    "Bluesky no longer accepts the app password of this account. Make a new one in Bluesky (Settings, "
    "Privacy and security, App passwords) and reconnect the channel."
)
WRONG_PASSWORD = N_(
    "Bluesky does not accept this handle with this app password. Check the handle (without the @) and "
    "copy the app password again: four groups of four letters."
)
NEEDS_APP_PASSWORD = N_(
    "Bluesky asked for a code by e-mail: this is your main password. Make an app password in Bluesky "
    "(Settings, Privacy and security, App passwords) and use that one."
)
SUSPENDED = N_("Bluesky has suspended this account. Sign in at bsky.app to see why.")
DEACTIVATED = N_("This account is deactivated on Bluesky. Sign in at bsky.app to wake it up.")
NOT_ALLOWED = N_(
    "This app password does not give the right to do that. Make a new one and reconnect the channel."
)
NO_REPOSITORY = N_("The server no longer knows this account: it may have moved. Reconnect the channel.")
SESSION_OVER = N_("The Bluesky session has run out; it is renewed before the next try.")
TOO_FAST = N_("Bluesky asks to slow down.")
FILE_GONE = N_("Bluesky has lost the uploaded file; it is uploaded again before the next try.")
ALREADY_THERE = N_("Bluesky already has a post under this key.")
TOO_LONG = N_("Bluesky refuses the text: it is too long (%(said)s).")
BAD_FILE = N_("Bluesky refuses a file: too large or of a kind it does not take (%(said)s).")
BAD_POST = N_("Bluesky refuses this post (%(said)s).")

RENEWABLE = {"ExpiredToken", "InvalidToken"}
BLOCKING = {
    "AuthenticationRequired": (BlockReason.SIGN_IN, WRONG_PASSWORD),
    "AuthMissing": (BlockReason.SIGN_IN, SIGN_IN_AGAIN),
    "AuthFactorTokenRequired": (BlockReason.SIGN_IN, NEEDS_APP_PASSWORD),
    "AccountTakedown": (BlockReason.PENALTY, SUSPENDED),
    "RepoTakendown": (BlockReason.PENALTY, SUSPENDED),
    "AccountDeactivated": (BlockReason.PENALTY, DEACTIVATED),
    "RepoDeactivated": (BlockReason.PENALTY, DEACTIVATED),
    "ScopeMissingError": (BlockReason.ROLE, NOT_ALLOWED),
    "AccountNotFound": (BlockReason.ROLE, NOT_ALLOWED),
}
FILE_REFUSALS = {"InvalidMimeType", "PayloadTooLarge", "BlobTooLarge"}
OUR_PATIENCE = timedelta(minutes=1)
"""How long to wait when a 429 does not say."""


def judge(response: Response, now: datetime) -> Verdict:
    """Any answer that is no 2xx."""
    complaint = Complaint.of(response)
    if response.status == 429:
        return Later(Message(TOO_FAST), until=reset(response, now))
    if response.status >= 500 or response.status == 408:
        return Doubtful(f"{response.status} {complaint.name}".strip())
    if complaint.name in RENEWABLE:
        return Later(Message(SESSION_OVER), renew_session=True)
    if complaint.name in BLOCKING:
        reason, sentence = BLOCKING[complaint.name]
        return Blocked(reason, Message(sentence))
    if complaint.name == "InvalidSwap":
        return Duplicate(Message(ALREADY_THERE))
    if complaint.name == "BlobNotFound":
        return Later(Message(FILE_GONE))
    return _refusal(response.status, complaint)


def _refusal(status: int, complaint: Complaint) -> Verdict:
    said = {"said": complaint.said or complaint.name}
    if complaint.name in FILE_REFUSALS:
        return Refused("media", Message(BAD_FILE, said))
    if complaint.name == "InvalidRequest" and complaint.said.startswith("Could not find repo"):
        return Blocked(BlockReason.SIGN_IN, Message(NO_REPOSITORY))
    if complaint.name == "InvalidRequest" and complaint.said.startswith("Invalid app.bsky."):
        if "blob too big" in complaint.said or "mime" in complaint.said.lower():
            return Refused("media", Message(BAD_FILE, said))
        if "too big" in complaint.said and complaint.said.endswith(".text"):
            return Refused("text_too_long", Message(TOO_LONG, said))
        return Refused("invalid", Message(BAD_POST, said))
    return Doubtful(f"{status} {complaint.name} {complaint.said}".strip())


def reset(response: Response, now: datetime) -> datetime:
    """When to come back: the network's own instant, if it lies ahead."""
    try:
        until = datetime.fromtimestamp(int(response.headers["ratelimit-reset"]), UTC)
    except (KeyError, ValueError, OverflowError):
        try:
            until = now + timedelta(seconds=int(response.headers["retry-after"]))
        except (KeyError, ValueError, OverflowError):
            until = now + OUR_PATIENCE
    return until if until > now else now + OUR_PATIENCE
