"""Which channel a sign-in speaks for, and with which rights. Posts nothing."""

from collections.abc import Mapping

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects.google.sign_in import bearer, kept_of, missing_scopes
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.youtube import NEEDED
from tesselle.networks.youtube.answers import NO_CHANNEL, SIGN_IN
from tesselle.networks.youtube.wire import API, DATA, address

MISSING = N_("The sign-in lacks the right “%(right)s”. Connect again and leave every right ticked.")
UNREADABLE = N_("YouTube did not say which channel this is. Try again later.")

NOT_VERIFIED = frozenset({"eligible", "disallowed"})


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    credentials = kept_of({**api.account.credentials, **answers})
    server = api.account.server or credentials.get("base", "") or API
    params = {"part": "id,snippet,contentDetails,status", "mine": "true"}
    request = Request("GET", address(server, f"{DATA}/channels", params), bearer(credentials))
    try:
        told = (await api.call(request)).mapping()
    except AnswerError as error:
        if error.response.status == 401:
            raise BlockedError(Message(SIGN_IN), BlockReason.SIGN_IN) from error
        raise
    if not str(told.get("kind", "")).endswith("ListResponse"):
        raise NotSentError(Message(UNREADABLE))
    if not told.get("items"):
        raise BlockedError(Message(NO_CHANNEL), BlockReason.ROLE)
    channel = told["items"][0]
    snippet = channel.get("snippet") or {}
    facts = {
        "uploads": channel["contentDetails"]["relatedPlaylists"]["uploads"],
        "long_uploads": (channel.get("status") or {}).get("longUploadsStatus") not in NOT_VERIFIED,
    }
    name, handle = str(snippet.get("title") or ""), str(snippet.get("customUrl") or "").lstrip("@")
    number = str(channel["id"])
    return Identity(
        account=Account("channel", number, handle or name, server, facts, credentials),
        display_name=name,
        profile_url=f"https://www.youtube.com/channel/{number}",
        missing=tuple(
            Message(MISSING, {"right": scope.rpartition("/")[2]})
            for scope in missing_scopes(credentials, NEEDED)
        ),
    )
