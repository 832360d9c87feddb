"""Speaks the Bot API for a channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api, Figures, Identity, Reply, SelfCheck, StepCall, Window
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
from tesselle.domain.verdicts import (
    Accepted,
    Doubtful,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.telegram import answers, figures, identify, lookup, selftest, sending
from tesselle.networks.telegram.limits import limits_for
from tesselle.networks.telegram.records import group_remote, has_discussion, post_remote

SETTLE_SECONDS = 120  # Telegram documents none

_DONE_ALREADY = {"edit": "message is not modified", "delete": "message to delete not found"}


class TelegramConnector:
    """One bot, one channel."""

    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        return sending.step_kinds(purpose, content)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """A change or removal names its message, so it can be repeated. A post can be looked for
        where the bot hears the discussion group; its own answers a bot is never shown."""
        if step in {"edit", "delete"}:
            return Reconciliation(ReconciliationKind.KEY, SETTLE_SECONDS)
        if step in {"post", "part"} and has_discussion(account):
            return Reconciliation(ReconciliationKind.LOOKUP, SETTLE_SECONDS)
        return Reconciliation(ReconciliationKind.NONE, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        """Only what Telegram forwards: its own answers a bot is not shown, nor what was deleted."""
        return purpose in {"post", "edit"} and has_discussion(account)

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        if call.frozen and sending.still_holds(call.frozen):
            return call.frozen
        return await sending.freeze(call, api)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        blind = self.reconciliation(call.kind, call.account).kind is ReconciliationKind.NONE
        return sending.build(call.account, call.frozen, alone=blind)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        body = response.mapping()
        if body.get("ok") is not True:
            done = _DONE_ALREADY.get(call.kind)
            if call.target is not None and done and done in answers.description(response):
                return Accepted(call.target)
            return self.judge(response, now)
        if call.kind in {"edit", "delete"} and call.target is not None:
            return Accepted(call.target)
        result = body.get("result")
        messages: list[Any] = result if isinstance(result, list) else [result]
        if not messages or not all(isinstance(one, dict) and "message_id" in one for one in messages):
            return Doubtful("an answer without a message")
        return Accepted(_remote(call, messages))

    def judge(self, response: Response, now: datetime) -> Verdict:
        return answers.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return await lookup.look_up(call, api, window)

    async def verify(self, remote: Remote, api: Api) -> Presence:
        return await lookup.verify(remote, api)

    async def post_figures(self, remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
        return await figures.post_figures(remotes, api)

    async def channel_figures(self, api: Api) -> Figures:
        return await figures.channel_figures(api)

    async def replies(self, remote: Remote, api: Api) -> tuple[Reply, ...]:
        return await figures.replies(remote, api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return True  # the bot token is all there is

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return {}

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await selftest.self_checks(api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)


def _remote(call: StepCall, messages: Sequence[Mapping[str, Any]]) -> Remote:
    ids = [int(message["message_id"]) for message in messages]
    if call.kind == "answer":
        return group_remote(messages[0].get("chat") or {}, ids[0])
    return post_remote(call.account, ids, kind="caption" if call.media else "text")


CONNECTOR = TelegramConnector()
