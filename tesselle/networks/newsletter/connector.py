"""Sends one mail to one recipient in each step. Nothing can be looked up afterwards."""

import base64
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api, Identity, SelfCheck, StepCall, Window
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.limits import Limits
from tesselle.domain.messages import N_, Message
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import (
    Accepted,
    Doubtful,
    Reconciliation,
    ReconciliationKind,
    Remote,
    Sighting,
    Silent,
    Verdict,
)
from tesselle.networks.newsletter import answers as table
from tesselle.networks.newsletter.letter import frozen_for, letter
from tesselle.networks.newsletter.limits import limits_for

SETTLE_SECONDS = 120  # ours
DEADLINE_SECONDS = 120.0
"""Servers may take their time with the end of a mail: RFC 5321, 4.5.3.2.6, advises ten minutes. We wait two,
since a recipient whose answer we did not wait for stays in doubt."""
TRY_SECONDS = 20.0

SCHEMES = ("smtp", "smtps", "smtp-plain", "https", "http")
_SENDER = re.compile(r"[!-;=?A-~]+@(?P<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)+)")

_BAD_SENDER = N_("The sender’s address is not one that mails can come from. Check it for typing errors.")
_BAD_SERVER = N_(
    "This is not the name of a mail server. It looks like smtp.example.com, or smtp.example.com:465."
)
_ACCEPTED = N_("The mail server accepts the sign-in and lets you send from %(sender)s.")
_NO_NAME = N_("Give the list a name: your readers see it in every mail.")


class NewsletterConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose != "post":
            raise ValueError(f"no mail does that: {purpose}")
        return (StepKind.RECIPIENT,) * max(len(content.recipients), 1)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """A mail server keeps no list of what it took, and need not drop a repeated Message-ID."""
        return Reconciliation(ReconciliationKind.NONE, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return False

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        to = await api.addressee(call.recipient)
        return call.frozen or frozen_for(call, to)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        body = letter(call.content, call.frozen, call.account.facts)
        asked = _request("POST", "mail", call.account, body, DEADLINE_SECONDS)
        return replace(asked, headers={**asked.headers, "rcpt-to": str(call.frozen["to"])})

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if response.status == 250 and response.headers.get(table.PHASE) == "done":
            return Accepted(Remote(str(call.frozen["id"])))
        return self.judge(response, now)

    def judge(self, response: Response, now: datetime) -> Verdict:
        if response.ok:
            return Doubtful("a yes that is none of a mail server")
        return table.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return Silent("a mail server does not tell what it took")

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return True

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return {}

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        """Signs in and asks whether that sender may send. No mail goes out."""
        account = _account(answers)
        await _greeted(account, api)
        return Identity(account, display_name=answers["name"].strip(), profile_url="")

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        await _greeted(api.account, api)
        told: dict[str, str | int] = {"sender": str(api.account.facts["sender"])}
        return (SelfCheck("sign_in", "good", Message(_ACCEPTED, told)),)


async def _greeted(account: Account, api: Api) -> None:
    """Signed in, and the sender asked for. Raises NetworkError."""
    await api.call(_request("GET", "hello", account, None, TRY_SECONDS))


def _account(answers: Mapping[str, str]) -> Account:
    """A list is known by its sender and its name: the mail server may change, the list stays."""
    name, sender = answers.get("name", "").strip(), answers.get("sender", "").strip().lower()
    found = _SENDER.fullmatch(sender)
    if not name:
        raise RejectedError(Message(_NO_NAME), "name")
    if found is None:
        raise RejectedError(Message(_BAD_SENDER), "sender")
    list_id = _slug(name)
    return Account(
        kind="list",
        remote_id=f"{sender}/{list_id}",
        handle=sender,
        server="",
        facts={"sender": sender, "domain": found["domain"], "list_id": list_id, "list_name": name},
        credentials={
            "smtp": _server(answers.get("smtp", "").strip()),
            "user": answers.get("user", "").strip(),
            "password": answers.get("password", ""),
        },
    )


def _slug(name: str) -> str:
    """In the letters of a List-Id (RFC 2919, 2: those of a domain)."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "list"


def _server(typed: str) -> str:
    """The whole address; without a scheme, port 465 is spoken to in TLS from the first byte."""
    address = typed.rstrip("/")
    try:
        if "://" not in address:
            port = urlsplit(f"//{address}").port
            address = f"{'smtps' if port == 465 else 'smtp'}://{address}"
        parts = urlsplit(address)
        is_good = parts.scheme in SCHEMES and bool(parts.hostname) and parts.username is None
        _ = parts.port
    except ValueError:
        is_good = False
    if not is_good or re.search(r"[\s?#]", address):
        raise RejectedError(Message(_BAD_SERVER), "smtp")
    return address


def _request(method: str, path: str, account: Account, body: bytes | None, seconds: float) -> Request:
    headers = {"mail-from": str(account.facts["sender"]), "content-type": "message/rfc822"}
    user, password = account.credentials["user"], account.credentials["password"]
    if user:
        signed = base64.b64encode(f"{user}:{password}".encode()).decode()
        headers["authorization"] = f"Basic {signed}"
    return Request(method, f"{account.credentials['smtp']}/{path}", headers, body, seconds)


CONNECTOR = NewsletterConnector()
