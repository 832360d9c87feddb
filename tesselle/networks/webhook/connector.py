"""Sends signed events to a receiver of one's own.

The *session* is the instant a signature is made at: receivers refuse timestamps older than five
minutes, while the bytes of the event stay the same over all attempts.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects import incoming_webhook as hooks
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api, Identity, SelfCheck, StepCall, Window
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, RejectedError, TryLaterError
from tesselle.domain.limits import Limits
from tesselle.domain.messages import N_, Message
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
from tesselle.networks.webhook import answers as table
from tesselle.networks.webhook.events import TYPES, body_of, event_id
from tesselle.networks.webhook.limits import limits_for
from tesselle.networks.webhook.signing import key_of, signature

SETTLE_SECONDS = 120  # ours
KEY_SECONDS = 3 * 24 * 3600
"""Receivers keep the ids they have seen at least as long as senders try: about three days."""
STAMP_SECONDS = 30
"""A signature's instant is used so long: far below the five minutes that receivers allow."""
ANSWER_SECONDS = 30.0

_BAD_SECRET = N_(
    "The signing secret is whsec_ followed by 24 to 64 random bytes in base64. Two of them, separated by a "
    "space, while you replace one."
)
_ANSWERS = N_(
    "Something answers at this address. Whether it takes events cannot be asked without sending one: your next post "
    "tells."
)
_PLACE = "https://", "http://"


class WebhookConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose not in TYPES:
            raise ValueError(f"no event tells of {purpose}")
        return (purpose,)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """`webhook-id` is the key: a receiver drops what it has seen."""
        return Reconciliation(ReconciliationKind.KEY, SETTLE_SECONDS, valid_for_s=KEY_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return False

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return call.frozen or {"body": body_of(call)}

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        body, stamp = str(call.frozen["body"]).encode(), session["timestamp"]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Tesselle",
            "webhook-id": event_id(call),
            "webhook-timestamp": stamp,
            "webhook-signature": signature(_secrets(call.account), event_id(call), stamp, body),
        }
        return Request("POST", hooks.address_of(call.account), headers, body, ANSWER_SECONDS)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self.judge(response, now)
        if response.body.lstrip().startswith(b"<"):
            # A login page or a maintenance notice on the way, not the receiver.
            return Doubtful("a web page instead of the receiver's answer")
        if call.target is not None:
            return Accepted(call.target)
        url = str(response.mapping().get("url", ""))
        # The receiver may say where the post is to be seen; nothing but a web address is taken for one.
        return Accepted(Remote(event_id(call), url if url.startswith(_PLACE) else ""))

    def judge(self, response: Response, now: datetime) -> Verdict:
        return table.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return Silent("a receiver of events cannot be asked what it received", is_lasting=True)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        stamp = saved.get("timestamp", "")
        if not stamp.isdecimal():
            return False
        age = now - datetime.fromtimestamp(int(stamp), UTC)
        return timedelta(0) <= age < timedelta(seconds=STAMP_SECONDS)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return {"timestamp": str(int(api.now.timestamp()))}

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        """Asks whether anybody answers at the address. No event is sent: a receiver would act on it."""
        address = hooks.typed_address(answers)
        secret = " ".join(answers.get("secret", "").split())
        name = answers.get("name", "").strip() or hooks.origin(address).partition("://")[2]
        account = Account(
            kind="receiver",
            remote_id=hooks.fingerprint(address),
            handle=name,
            server=hooks.origin(address),
            credentials={hooks.ADDRESS: address, "secret": secret},
        )
        _check(account)
        await _answered(address, api)
        return Identity(account, display_name=name, profile_url="")

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        await _answered(hooks.address_of(api.account), api)
        return (SelfCheck("address", "unknown", Message(_ANSWERS)),)


async def _answered(address: str, api: Api) -> None:
    """What it says to a question that it does not know is no matter, as long as it answers. Raises NotSentError."""
    with suppress(AnswerError, RejectedError, BlockedError, TryLaterError):
        await api.call(Request("HEAD", address, {"User-Agent": "Tesselle"}))


def _secrets(account: Account) -> list[str]:
    return account.credentials["secret"].split()


def _check(account: Account) -> None:
    secrets = _secrets(account)
    try:
        for secret in secrets:
            key_of(secret)
    except ValueError:
        raise RejectedError(Message(_BAD_SECRET), "secret") from None
    if not 1 <= len(secrets) <= 2:
        raise RejectedError(Message(_BAD_SECRET), "secret")


CONNECTOR = WebhookConnector()
