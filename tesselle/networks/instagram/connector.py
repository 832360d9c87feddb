"""Instagram's connector: the protocols of `connectors.protocols`, each in its own module."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
from tesselle.connectors.card import Choice
from tesselle.connectors.dialects.graph import answers as graph_answers
from tesselle.connectors.dialects.graph.containers import Wait
from tesselle.connectors.dialects.graph.lasting import LastingLogin
from tesselle.connectors.dialects.graph.login import GraphLogin
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.oauth2 import OAuth2
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
    Duplicate,
    Later,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Refused,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.instagram import NETWORK, identify, lookup, places, posting, reading, selftest
from tesselle.networks.instagram.answers import TABLE
from tesselle.networks.instagram.limits import limits_for
from tesselle.networks.instagram.wire import BY_INSTAGRAM, INSTAGRAM_WAY

SETTLE_SECONDS = 120
"""Not documented how long a container can stay unpublished in its own status after it was published."""

KINDS = {
    "post": ReconciliationKind.WITNESS,
    "comment": ReconciliationKind.LOOKUP,
    "answer": ReconciliationKind.LOOKUP,
    "delete": ReconciliationKind.KEY,  # twice does no more than once
}


class InstagramConnector:
    """`wait` lets time pass while Instagram works on a file."""

    def __init__(self, wait: Wait = asyncio.sleep) -> None:
        self._wait = wait

    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return posting.objections(content)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        return posting.steps(purpose, content, account)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        return Reconciliation(KINDS[step], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await posting.prepare(call, api, self._wait)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return posting.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self._no(call, response, now)
        answer = response.mapping()
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target) if answer.get("success") is True else Doubtful("no yes")
        number = str(answer.get("id") or "")
        return Accepted(posting.remote_of(call, number)) if number else Doubtful("an answer without a number")

    def _no(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        match self.judge(response, now):
            case Refused(graph_answers.GONE) if call.kind == "delete" and call.target is not None:
                return Accepted(call.target)
            case Refused("invalid" | graph_answers.GONE, message) if call.kind == "post":
                # Only a container's number was sent: one that is published already is refused as well.
                return Duplicate(message)
            case Blocked(BlockReason.SIGN_IN, message) if call.account.credentials.get("refresh_token"):
                return Later(message, renew_session=True)
            case verdict:
                return verdict

    def judge(self, response: Response, now: datetime) -> Verdict:
        return graph_answers.judge(response, now, TABLE)

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

    async def choices(self, option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
        return await places.choices(option, chosen, api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        way = api.account.credentials.get("way", "")
        return await oauth2.open_or_renew(self.dialect(way), saved, api)

    def dialect(self, way: str) -> OAuth2:
        by_facebook, by_instagram = NETWORK.sign_ins
        if way == INSTAGRAM_WAY:
            return LastingLogin(by_instagram, BY_INSTAGRAM.host, "ig")
        return GraphLogin(by_facebook)

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        return await identify.accounts(api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await selftest.self_checks(api)


CONNECTOR = InstagramConnector()
