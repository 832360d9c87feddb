"""Pinterest's connector: the protocols of `connectors.protocols`, each in its own module."""

import asyncio
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
    SelfCheck,
    StepCall,
    Window,
)
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
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
from tesselle.networks.pinterest import NETWORK, answers, boards, checks, lookup, pins, reading
from tesselle.networks.pinterest import identify as connecting
from tesselle.networks.pinterest.auth import PinterestSignIn
from tesselle.networks.pinterest.limits import limits_for
from tesselle.networks.pinterest.uploads import Wait

SETTLE_SECONDS = 120
"""Pinterest documents none; pins are normally listed at once."""

KINDS = {"post": ReconciliationKind.LOOKUP, "delete": ReconciliationKind.KEY}


class PinterestConnector:
    """`wait` lets time pass while Pinterest works on a film."""

    def __init__(self, wait: Wait = asyncio.sleep) -> None:
        self._wait = wait

    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return (lambda: pins.link_fits(content),)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose not in KINDS:
            raise ValueError(f"Pinterest opens no {purpose!r} to every app")
        return (purpose,)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """To delete twice does no more than once."""
        return Reconciliation(KINDS[step], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await pins.prepare(call, api, self._wait)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return pins.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            verdict = self.judge(response, now)
            gone = isinstance(verdict, Refused) and verdict.code == answers.GONE
            if call.kind == "delete" and gone and call.target is not None:
                return Accepted(call.target)
            return verdict
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target) if response.status == 204 else Doubtful("not Pinterest's answer")
        pin = response.mapping()
        if not str(pin.get("id", "")).isdecimal() or "board_id" not in pin:
            return Doubtful("an answer without a pin")
        return Accepted(pins.remote(pin))

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

    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]:
        return await reading.history(api, since)

    async def choices(self, option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
        return await boards.choices(option, chosen, api)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await checks.self_checks(api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await oauth2.open_or_renew(self.dialect(""), saved, api)

    def dialect(self, way: str) -> PinterestSignIn:
        return PinterestSignIn(NETWORK.sign_ins[0])

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        """A token speaks for one account."""
        return (await connecting.identify({}, api),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await connecting.identify(answers, api)


CONNECTOR = PinterestConnector()
