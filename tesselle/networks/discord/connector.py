"""Speaks to one webhook of Discord."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.dialects import incoming_webhook as hooks
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api, Figures, Identity, SelfCheck, StepCall, Window
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.limits import Limits
from tesselle.domain.metrics import Metric
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Doubtful,
    Presence,
    Present,
    Reconciliation,
    ReconciliationKind,
    Refused,
    Remote,
    Sighting,
    Silent,
    Verdict,
)
from tesselle.networks.discord import answers as table
from tesselle.networks.discord import identify as connecting
from tesselle.networks.discord import messages, selftest
from tesselle.networks.discord.limits import limits_for

SETTLE_SECONDS = 120  # Discord documents none

KINDS = {
    # A webhook's call takes no nonce, and with its address nothing can be listed.
    "post": ReconciliationKind.NONE,
    # Both name their message: done twice is done once.
    "edit": ReconciliationKind.KEY,
    "delete": ReconciliationKind.KEY,
}


class DiscordConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose not in KINDS:
            raise ValueError(f"a webhook knows no {purpose}")
        return (purpose,)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        return Reconciliation(KINDS[step], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        if call.frozen and messages.still_holds(call.frozen):
            return call.frozen
        return messages.frozen(call, api)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        build = {"post": messages.create, "edit": messages.change, "delete": messages.remove}[call.kind]
        return build(call)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            verdict = self.judge(response, now)
            gone = isinstance(verdict, Refused) and verdict.code == table.GONE
            if call.kind == "delete" and gone and call.target is not None:
                return Accepted(call.target)
            return verdict
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target)
        message = response.mapping()
        if "id" not in message or "channel_id" not in message:
            return Doubtful("an answer without a message")
        return Accepted(_remote(call.account, message))

    def judge(self, response: Response, now: datetime) -> Verdict:
        return table.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return hooks.cannot_be_asked()

    async def verify(self, remote: Remote, api: Api) -> Presence:
        try:
            message = (await api.call(messages.get(api.account, remote))).mapping()
        except RejectedError as error:
            return Absent() if error.reason == table.GONE else Silent(str(error.message))
        except TryLaterError as error:
            return Silent(str(error.message), error.until)
        except NetworkError as error:
            return Silent(str(error.message))
        if str(message.get("id")) != remote.id:
            return Silent("the answer could not be read")
        return Present(_remote(api.account, message))

    async def post_figures(self, remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
        figures = []
        for remote in remotes:
            try:
                message = (await api.call(messages.get(api.account, remote))).mapping()
            except RejectedError as error:
                if error.reason != table.GONE:
                    raise
                continue
            figures.append(Figures(remote.id, _reactions(message)))
        return tuple(figures)

    async def channel_figures(self, api: Api) -> Figures:
        """A webhook is told nothing of its channel."""
        return Figures(api.account.remote_id, {})

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return True  # the address is all there is

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return {}

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await selftest.self_checks(api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await connecting.identify(answers, api)


def _remote(account: Account, message: Mapping[str, Any]) -> Remote:
    """A message in a thread lies in another channel than the webhook's own."""
    number, channel = str(message["id"]), str(message["channel_id"])
    extra = {}
    if channel != account.facts.get("channel"):
        extra["thread"] = channel
    if files := [str(one["id"]) for one in message.get("attachments") or () if "id" in one]:
        extra["files"] = ",".join(files)
    guild = account.facts.get("guild")
    url = f"{account.server}/channels/{guild}/{channel}/{number}" if guild else ""
    return Remote(number, url, extra)


def _reactions(message: Mapping[str, Any]) -> dict[str, int]:
    told = message.get("reactions")
    if not isinstance(told, list):
        return {}
    return {Metric.REACTIONS.value: sum(int(one.get("count", 0)) for one in told)}


CONNECTOR = DiscordConnector()
