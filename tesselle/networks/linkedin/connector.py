"""Speaks to LinkedIn, for a page or for a member. What goes out is built in `posts`, what only reads is
in `reading`, `lookup` and `figures`, what an answer means in `answers`."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
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
from tesselle.domain.steps import StepKind
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
from tesselle.networks.linkedin import NETWORK, answers, checks, figures, identify, lookup, posts, reading
from tesselle.networks.linkedin.limits import limits_for
from tesselle.networks.linkedin.uploads import Wait
from tesselle.networks.linkedin.wire import of_page

SETTLE_SECONDS = 120


class LinkedInConnector:
    """`wait` lets time pass while LinkedIn works on a file."""

    def __init__(self, wait: Wait = asyncio.sleep) -> None:
        self._wait = wait

    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        match purpose:
            case "post":
                return ("post", *(("comment",) if content.first_comment else ()))
            case "answer" | "edit" | "delete":
                return (purpose,)
            case _:
                raise ValueError(f"There is no {purpose!r} here.")

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """To edit or delete twice does no more than once. A page's posts and comments can be listed;
        a member's cannot be read by anybody new."""
        if step in {"edit", "delete"}:
            return Reconciliation(ReconciliationKind.KEY, SETTLE_SECONDS)
        kind = ReconciliationKind.LOOKUP if of_page(account) else ReconciliationKind.NONE
        return Reconciliation(kind, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return of_page(account)

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await posts.prepare(call, api, self._wait)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return posts.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self._read_refusal(call, response, now)
        if call.kind in {StepKind.EDIT, StepKind.DELETE} and call.target is not None:
            return Accepted(call.target) if response.status == 204 else Doubtful(f"answer {response.status}")
        if call.kind in posts.COMMENTS:
            return _comment(call, response)
        urn = response.headers.get("x-restli-id", "")
        if response.status != 201 or not urn.startswith("urn:li:"):
            return Doubtful("an answer without a post")
        return Accepted(posts.post_remote(urn))

    def _read_refusal(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        match self.judge(response, now):
            case Refused("not_found") if call.kind == StepKind.DELETE and call.target is not None:
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
        return await figures.post_figures(remotes, api)

    async def channel_figures(self, api: Api) -> Figures:
        return await figures.channel_figures(api)

    async def replies(self, remote: Remote, api: Api) -> tuple[Reply, ...]:
        return await reading.replies(remote, api)

    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]:
        return await reading.history(api, since)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await checks.self_checks(api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        way = api.account.credentials.get("way", NETWORK.sign_ins[0].slug)
        return await oauth2.open_or_renew(self.dialect(way), saved, api)

    def dialect(self, way: str) -> OAuth2:
        return OAuth2(next(one for one in NETWORK.sign_ins if one.slug == way))

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        return await identify.accounts(api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)


def _comment(call: StepCall, response: Response) -> Verdict:
    urn = str(response.mapping().get("commentUrn", ""))
    if response.status != 201 or not urn:
        return Doubtful("an answer without a comment")
    frozen = call.frozen
    return Accepted(posts.comment_remote(urn, frozen["object"], frozen.get("parentComment", "")))


CONNECTOR = LinkedInConnector()
