"""Google Business Profile's connector: the protocols of `connectors.protocols`, each in its own module."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
from tesselle.connectors.card import Discussed
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
from tesselle.domain.messages import Message
from tesselle.domain.verdicts import (
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Refused,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.google_business import NETWORK, answers, checks, gallery, lookup, posts, reading
from tesselle.networks.google_business import identify as connecting
from tesselle.networks.google_business.limits import limits_for
from tesselle.networks.google_business.posts import REPLY

SETTLE_SECONDS = 120
"""Google documents none; others found new posts in the list at once."""

KINDS = {
    "post": ReconciliationKind.LOOKUP,
    "answer": ReconciliationKind.KEY,
    "edit": ReconciliationKind.KEY,
    "delete": ReconciliationKind.KEY,
}


class GoogleBusinessConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return (lambda: posts.check(content),)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose not in KINDS:
            raise ValueError(f"There is no {purpose!r} here.")
        return (purpose,)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """A review has one answer: to answer, edit or delete twice does no more than once."""
        return Reconciliation(KINDS[step], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await posts.prepare(call, api)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return posts.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self._read_refusal(call, self.judge(response, now))
        told = response.json()
        if not isinstance(told, dict):
            return Doubtful("not Google's answer")
        match call.kind:
            case "delete" if call.target is not None:
                return Accepted(call.target) if told == {} else Doubtful("not Google's answer")
            case "answer":
                said = Remote(f"{call.frozen['review']}{REPLY}")
                return Accepted(said, visible=False) if told.get("comment") else Doubtful("no answer in it")
            case "edit" if call.target is not None:
                is_it = told.get("name") == call.target.id
                return Accepted(call.target, visible=False) if is_it else Doubtful("an answer without a post")
        if gallery.PHOTO in call.frozen:
            is_photo = "/media/" in str(told.get("name"))
            return Accepted(gallery.remote(told)) if is_photo else Doubtful("an answer without a photo")
        if "/localPosts/" not in str(told.get("name")):
            return Doubtful("an answer without a post")
        return Accepted(posts.remote(told), visible=told.get("state") == "LIVE")

    def _read_refusal(self, call: StepCall, verdict: Verdict) -> Verdict:
        if not isinstance(verdict, Refused) or verdict.code != answers.GONE:
            return verdict
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target)
        if call.kind == "post":  # there was nothing to miss but the place
            return Blocked(BlockReason.ROLE, Message(answers.NO_ROLE))
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

    async def received(self, kind: Discussed, api: Api) -> tuple[Reply, ...]:
        return await reading.reviews(api)

    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]:
        return await reading.history(api, since)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await checks.self_checks(api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await oauth2.open_or_renew(self.dialect(""), saved, api)

    def dialect(self, way: str) -> OAuth2:
        return OAuth2(NETWORK.sign_ins[0])

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        return await connecting.accounts(api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await connecting.identify(answers, api)


CONNECTOR = GoogleBusinessConnector()
