"""Speaks to one incoming webhook of Slack."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.dialects import incoming_webhook as hooks
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api, Identity, SelfCheck, StepCall, Window
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
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
from tesselle.networks.slack import answers as table
from tesselle.networks.slack.limits import TEXT, limits_for
from tesselle.networks.slack.options import fields_for

SETTLE_SECONDS = 120  # Slack documents none; nothing is looked up here

_PATH = re.compile(r"/services/(T\w+)/(B\w+)/(\w+)/?$")
_WORKFLOW = re.compile(r"/(triggers|workflows)/")
_NOT_ASKED = N_(
    "Slack cannot be asked whether it still knows this address without a message being posted: your next one tells."
)
_NOT_A_HOOK = N_("This is not an incoming webhook of Slack. Its address contains /services/T.../B.../...")
_A_WORKFLOW = N_(
    "This address starts a workflow of Slack, which takes no messages. Make an incoming webhook instead."
)


class SlackConnector:
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
        text, left = hooks.with_link(call.text, call.content.link, TEXT)
        message: dict[str, Any] = {"text": escaped(text), **fields_for(call.content.options)}
        if left:
            message["attachments"] = [
                {"fallback": escaped(left), "text": f"<{escaped(left.replace('|', '%7C'))}>"}
            ]
        return {"message": message}

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        plain = Request.json("POST", hooks.address_of(call.account), call.frozen["message"])
        return Request("POST", plain.url, plain.headers, plain.body, fresh_connection=True)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self.judge(response, now)
        if table.word_of(response) != table.YES:
            return Doubtful("an answer that is not Slack's")
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
        return (SelfCheck("address", "unknown", Message(_NOT_ASKED)),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        """Looks at the address only: Slack documents no call that tells without posting."""
        address = hooks.typed_address(answers)
        path = urlsplit(address).path
        if _WORKFLOW.search(path):
            raise RejectedError(Message(_A_WORKFLOW), "workflow")
        found = _PATH.search(path)
        if found is None:
            raise RejectedError(Message(_NOT_A_HOOK), "not_a_webhook")
        team, hook, _secret = found.groups()
        name = answers.get("name", "").strip() or team
        account = Account(
            kind="channel",
            remote_id=f"{team}/{hook}",
            handle=name,
            server=hooks.origin(address),
            facts={"team": team},
            credentials={hooks.ADDRESS: address},
        )
        return Identity(account, display_name=name, profile_url="")


def escaped(text: str) -> str:
    """The three signs that Slack reads as control: nobody's words can call a whole channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


CONNECTOR = SlackConnector()
