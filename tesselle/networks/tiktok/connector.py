"""TikTok's connector: the protocols of `connectors.protocols`, each in its own module."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
from tesselle.connectors.card import Choice
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.oauth2 import OAuth2
from tesselle.connectors.protocols import (
    Account,
    Api,
    Figures,
    Identity,
    PastPost,
    SelfCheck,
    StepCall,
    Window,
)
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import (
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Later,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.tiktok import NETWORK, answers, creator, identify, posting, reading, selftest
from tesselle.networks.tiktok.auth import TikTokSignIn
from tesselle.networks.tiktok.limits import PHOTOS, limits_for
from tesselle.networks.tiktok.wire import INBOX, held

SETTLE_SECONDS = 120
"""Not documented how long an upload can stay unfinished in its own status after its last byte."""
UPLOADED = 201
PLACE_IS_OVER = {403, 404}

OVER = N_("TikTok no longer waits for the film. It will be put up again.")


class TikTokConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return () if account.kind == INBOX else posting.objections(content)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        return posting.steps(purpose, content, account)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """A film has a number before it is posted. Photos get theirs in the answer that can be lost."""
        kind = ReconciliationKind.NONE if step == PHOTOS else ReconciliationKind.WITNESS
        return Reconciliation(kind, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        """What becomes of a draft is up to whoever opens the app."""
        return account.kind != INBOX

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await posting.prepare(call, api)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return posting.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if call.kind != PHOTOS and not answers.code_of(response):
            return self._uploaded(call, response)
        if answers.code_of(response) != answers.OK:
            return self._no(call, response, now)
        number = str(held(response).get("publish_id") or "")
        return _accepted(call, number) if number and response.ok else Doubtful("no number")

    def _uploaded(self, call: StepCall, response: Response) -> Verdict:
        """The place where films go up speaks in HTTP's own numbers."""
        if response.status == UPLOADED:
            return _accepted(call, str(call.frozen["publish_id"]))
        if response.status in PLACE_IS_OVER:
            return Later(Message(OVER))
        return Doubtful(f"unlisted answer {response.status}")

    def _no(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        match self.judge(response, now):
            case Blocked(BlockReason.SIGN_IN, message) if call.account.credentials.get("refresh_token"):
                return Later(message, renew_session=True)
            case verdict:
                return verdict

    def judge(self, response: Response, now: datetime) -> Verdict:
        return answers.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return await reading.look_up(call, api)

    async def verify(self, remote: Remote, api: Api) -> Presence:
        return await reading.verify(remote, api)

    async def post_figures(self, remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
        return await reading.post_figures(remotes, api)

    async def channel_figures(self, api: Api) -> Figures:
        return await reading.channel_figures(api)

    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]:
        return await reading.history(api, since)

    async def choices(self, option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
        return await creator.choices(option, api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        way = api.account.credentials.get("way", "")
        return await oauth2.open_or_renew(self.dialect(way), saved, api)

    def dialect(self, way: str) -> OAuth2:
        direct, inbox = NETWORK.sign_ins
        return TikTokSignIn(inbox if way == INBOX else direct)

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        """A sign-in speaks for one account."""
        return (await identify.identify({}, api),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await selftest.self_checks(api)


def _accepted(call: StepCall, number: str) -> Accepted:
    return Accepted(posting.remote_of(call, number), visible=False)


CONNECTOR = TikTokConnector()
