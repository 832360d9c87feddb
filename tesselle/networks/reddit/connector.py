"""Reddit's connector: the protocols of `connectors.protocols`, each in its own module."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
from tesselle.connectors.card import Choice
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
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import (
    Accepted,
    Doubtful,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Refused,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.reddit import NETWORK, answers, communities, identify, lookup, posts, reading
from tesselle.networks.reddit.auth import RedditSignIn
from tesselle.networks.reddit.limits import limits_for
from tesselle.networks.reddit.remotes import remote

SETTLE_SECONDS = 600
"""Text appears at once; pictures and films may take some minutes, and lists are all one has."""

KINDS = {
    StepKind.POST: ReconciliationKind.LOOKUP,
    StepKind.COMMENT: ReconciliationKind.LOOKUP,
    StepKind.ANSWER: ReconciliationKind.LOOKUP,
    StepKind.EDIT: ReconciliationKind.KEY,
    StepKind.DELETE: ReconciliationKind.KEY,
}


class RedditConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return (lambda: posts.has_one_cover(content),)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose == "post":
            return (StepKind.POST, *((StepKind.COMMENT,) if content.first_comment else ()))
        if purpose not in {"answer", "edit", "delete"}:
            raise ValueError(f"There is no {purpose!r} here.")
        return (purpose,)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """To change or delete twice does no more than once."""
        return Reconciliation(KINDS[StepKind(step)], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await posts.prepare(call, api)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return posts.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        """HTTP 200 is no yes yet: the list of errors decides."""
        told = response.mapping()
        is_deletion = call.kind == StepKind.DELETE and call.target is not None
        if not response.ok:
            verdict = self.judge(response, now)
            gone = isinstance(verdict, Refused) and verdict.code == answers.GONE
            return Accepted(call.target) if is_deletion and gone and call.target else verdict
        if (refusal := answers.refusal_in(told, now)) is not None:
            return refusal
        if is_deletion and call.target is not None:
            return Accepted(call.target) if response.json() == {} else Doubtful("not Reddit’s answer")
        inner = told.get("json")
        data = inner.get("data") if isinstance(inner, Mapping) else None
        if not isinstance(data, Mapping):
            return Doubtful("an answer without data")
        return _made(call, data)

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

    async def choices(self, option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
        return await communities.choices(option, chosen, api)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await identify.self_checks(api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await oauth2.open_or_renew(self.dialect(""), saved, api)

    def dialect(self, way: str) -> RedditSignIn:
        return RedditSignIn(NETWORK.sign_ins[0])

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        """A sign-in speaks for one account."""
        return (await identify.identify({}, api),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)


def _made(call: StepCall, data: Mapping[str, Any]) -> Verdict:
    """A comment comes in a list; a post by its number, with or without `t3_`; pictures without any."""
    things = data.get("things")
    if isinstance(things, list):
        made = things[0].get("data") if things and isinstance(things[0], Mapping) else None
        return Accepted(remote(made)) if made and made.get("name") else Doubtful("an answer without a thing")
    number = str(data.get("id") or "").removeprefix("t3_")
    if number:
        return Accepted(Remote(f"t3_{number}", str(data.get("url") or "")))
    if "websocket_url" in data or "user_submitted_page" in data:
        return Accepted(posts.accepted_without_number(call), visible=False)
    return Doubtful("an answer without a post")


CONNECTOR = RedditConnector()
