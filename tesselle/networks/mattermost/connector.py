"""Speaks to one incoming webhook of a Mattermost server."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects import incoming_webhook as hooks
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api, Identity, SelfCheck, StepCall, Window
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.limits import Limits
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import (
    Accepted,
    Doubtful,
    Reconciliation,
    ReconciliationKind,
    Sighting,
    Verdict,
)
from tesselle.networks.mattermost import answers as table
from tesselle.networks.mattermost.limits import limits_for, text_limit

SETTLE_SECONDS = 120  # Mattermost documents none; nothing is looked up here
SHORTEST_LIMIT = 1_000

_PATH = re.compile(r"^(?P<before>.*)/hooks/(?P<hook>[a-z0-9]{26})/?$")
_NOT_A_HOOK = N_(
    "This is not an incoming webhook of Mattermost. Its address ends in /hooks/ and 26 small letters and digits."
)
_ANSWERS = N_(
    "A Mattermost server answers there. Whether it still knows this webhook cannot be asked without a message being "
    "posted: your next one tells."
)
_NO_SERVER = N_("No Mattermost server answers at %(server)s. Check the address.")
_NOT_A_NUMBER = N_(
    "The longest message is a whole number between 1,000 and 16,383; leave it empty if in doubt."
)


class MattermostConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose != "post":
            raise ValueError(f"an incoming webhook knows no {purpose}")
        return ("post",)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """No key, no number, nothing to read: a lost answer is for a person."""
        return Reconciliation(ReconciliationKind.NONE, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return False

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        if call.frozen:
            return call.frozen
        text, left = hooks.with_link(call.text, call.content.link, text_limit(call.account))
        message: dict[str, Any] = {"text": text}
        if left:
            message["attachments"] = [{"fallback": left, "text": left}]
        return {"message": message}

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        plain = Request.json("POST", hooks.address_of(call.account), call.frozen["message"])
        return Request("POST", plain.url, plain.headers, plain.body, fresh_connection=True)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self.judge(response, now)
        if response.body.strip() != b"ok":
            return Doubtful("an answer that is not Mattermost's")
        return Accepted(hooks.unnamed(call))

    def judge(self, response: Response, now: datetime) -> Verdict:
        return table.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return hooks.cannot_be_asked()

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return True  # the address is all there is

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return {}

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        await _ping(api.account.server, api)
        return (SelfCheck("address", "unknown", Message(_ANSWERS)),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        """Asks whether a Mattermost server is there. The webhook itself cannot be asked: the server
        refuses an empty message before it looks the webhook up."""
        address = hooks.typed_address(answers)
        found = _PATH.match(urlsplit(address).path)
        if found is None:
            raise RejectedError(Message(_NOT_A_HOOK), "not_a_webhook")
        server = f"{hooks.origin(address)}{found['before']}"
        longest = _longest(answers)
        await _ping(server, api)
        name = answers.get("name", "").strip() or urlsplit(server).netloc
        account = Account(
            kind="channel",
            remote_id=hooks.fingerprint(found["hook"]),
            handle=name,
            server=server,
            facts={"longest": longest} if longest else {},
            credentials={hooks.ADDRESS: address},
        )
        return Identity(account, display_name=name, profile_url="")


def _longest(answers: Mapping[str, str]) -> int:
    """What was typed as the longest message; 0 for the usual."""
    typed = answers.get("longest", "").strip()
    if not typed:
        return 0
    most = text_limit(Account("", "", "", "")).maximum
    if not typed.isdecimal() or not SHORTEST_LIMIT <= int(typed) <= most:
        raise RejectedError(Message(_NOT_A_NUMBER), "longest")
    return int(typed)


async def _ping(server: str, api: Api) -> None:
    try:
        answer = await api.call(Request("GET", f"{server}/api/v4/system/ping"))
    except (AnswerError, RejectedError, BlockedError):
        raise RejectedError(Message(_NO_SERVER, {"server": server}), "no_server") from None
    if answer.mapping().get("status") != "OK":
        raise RejectedError(Message(_NO_SERVER, {"server": server}), "no_server")


CONNECTOR = MattermostConnector()
