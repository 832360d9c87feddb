"""Facebook's connector: the protocols of `connectors.protocols`, each in its own module."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
from tesselle.connectors.dialects.graph import answers
from tesselle.connectors.dialects.graph.login import GraphLogin
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
    Doubtful,
    Duplicate,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Refused,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.facebook import NETWORK, films, identify, lookup, posting, reading, selftest
from tesselle.networks.facebook.limits import limits_for

SETTLE_SECONDS = 120
FILM_SETTLE_SECONDS = 600
"""Facebook can take minutes to begin with a film that was accepted; neither figure is documented."""

NUMBER = {"post": "id", "photo_story": "post_id", "comment": "id", "answer": "id"}
"""Which field of an answer names what was made."""


class FacebookConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return posting.objections(content)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        return posting.steps(purpose, content)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """A film's own number tells; the same change or deletion twice does no more than once."""
        if step in films.EDGES:
            return Reconciliation(ReconciliationKind.WITNESS, FILM_SETTLE_SECONDS)
        kind = ReconciliationKind.KEY if step in {"edit", "delete"} else ReconciliationKind.LOOKUP
        return Reconciliation(kind, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await posting.prepare(call, api)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return posting.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self._no(call, response, now)
        answer = response.mapping()
        if call.kind in {"edit", "delete"} and call.target is not None:
            done = answer.get("success") is True
            return Accepted(call.target) if done else Doubtful("an answer without a yes")
        if call.kind in films.EDGES:
            made = posting.remote_of(call, "")
            return Accepted(made, visible=False) if answer.get("success") is True else Doubtful("no yes")
        number = str(answer.get(NUMBER[call.kind]) or "")
        return Accepted(posting.remote_of(call, number)) if number else Doubtful("an answer without a number")

    def _no(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        match self.judge(response, now):
            case Refused(answers.GONE) if call.kind == "delete" and call.target is not None:
                return Accepted(call.target)
            case Refused(_, message) if call.kind in films.EDGES and _is_out_already(response):
                return Duplicate(message)
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

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        """A Page's token has no end: it holds until it is refused."""
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await oauth2.open_or_renew(self.dialect(""), saved, api)

    def dialect(self, way: str) -> GraphLogin:
        return GraphLogin(NETWORK.sign_ins[0])

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        return await identify.accounts(api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await selftest.self_checks(api)


def _is_out_already(response: Response) -> bool:
    """Finishing a film twice is refused in words alone; the film itself tells more when it is looked up."""
    error = answers.error_of(response)
    return error is not None and "already" in error.words.lower()


CONNECTOR = FacebookConnector()
