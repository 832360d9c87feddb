"""Speaks to X. What goes out is built in `posts` and `uploads`, what only reads is in `reading` and
`lookup`, what an answer means in `answers`."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import (
    Account,
    Api,
    Figures,
    Identity,
    PastPost,
    Reply,
    SelfCheck,
    StepCall,
    Window,
)
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
from tesselle.domain.verdicts import (
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Later,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Refused,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.x import NETWORK, answers, identify, lookup, posts, reading
from tesselle.networks.x.auth import AccountSignIn
from tesselle.networks.x.limits import limits_for
from tesselle.networks.x.uploads import Wait

SETTLE_SECONDS = 120


class XConnector:
    """`wait` lets time pass while X works on a film."""

    def __init__(self, wait: Wait = asyncio.sleep) -> None:
        self._wait = wait

    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        match purpose:
            case "post" | "answer":
                return (purpose, *("part" for _ in content.parts))
            case "delete":
                return (purpose,)
            case _:
                raise ValueError(f"There is no {purpose!r} here.")

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """There is no key; to delete twice does no more than once."""
        kind = ReconciliationKind.KEY if step == "delete" else ReconciliationKind.LOOKUP
        return Reconciliation(kind, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await posts.prepare(call, api, self._wait)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return posts.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self._read_refusal(call, response, now)
        data = response.mapping().get("data")
        if call.kind == "delete" and call.target is not None:
            is_gone = isinstance(data, dict) and data.get("deleted") is True
            return Accepted(call.target) if is_gone else Doubtful("an answer that says nothing of a deletion")
        if not isinstance(data, dict) or not data.get("id"):
            return Doubtful("an answer without a post")
        return Accepted(posts.remote(str(data["id"]), call.account))

    def _read_refusal(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        match self.judge(response, now):
            case Refused("not_found") if call.kind == "delete" and call.target is not None:
                return Accepted(call.target)
            case Blocked(BlockReason.SIGN_IN, message) if call.account.credentials.get("refresh_token"):
                return Later(message, renew_session=True)
            case verdict:
                return verdict

    def judge(self, response: Response, now: datetime) -> Verdict:
        return answers.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return await lookup.look_up(call, api, window)

    async def verify(self, remote: Remote, api: Api) -> Presence:
        return await reading.verify(remote, api)

    async def post_figures(self, remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
        return await reading.post_figures(remotes, api)

    async def channel_figures(self, api: Api) -> Figures:
        return await reading.channel_figures(api)

    async def replies(self, remote: Remote, api: Api) -> tuple[Reply, ...]:
        return await reading.replies(remote, api)

    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]:
        return await reading.history(api, since)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await identify.self_checks(api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await oauth2.open_or_renew(self.dialect(""), saved, api)

    def dialect(self, way: str) -> AccountSignIn:
        return AccountSignIn(NETWORK.sign_ins[0])

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        """A sign-in speaks for one account."""
        return (await identify.identify({}, api),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)


CONNECTOR = XConnector()
