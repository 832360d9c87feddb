"""Speaks to Mastodon and its cousins. What goes out is built in `statuses`, what only reads is in
`reading` and `lookup`, what an answer means in `answers`."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors import oauth2
from tesselle.connectors.card import Discussed
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import (
    Account,
    Api,
    Figures,
    Identity,
    PastPost,
    Person,
    Reply,
    StepCall,
    Window,
)
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
from tesselle.domain.metrics import Scope
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
from tesselle.networks.mastodon import NETWORK, answers, identify, lookup, messages, public, reading, statuses
from tesselle.networks.mastodon.auth import ServerSignIn
from tesselle.networks.mastodon.limits import limits_for
from tesselle.networks.mastodon.metrics import counted
from tesselle.networks.mastodon.software import software_of
from tesselle.networks.mastodon.uploads import Wait

SETTLE_SECONDS = 120
KEY_MARGIN_SECONDS = 60
"""A repeat must arrive while the key lives, not just leave."""


class MastodonConnector:
    """`wait` lets time pass while a server works on a file."""

    def __init__(self, wait: Wait = asyncio.sleep) -> None:
        self._wait = wait

    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        """An edit or a deletion is of one status; each part of a thread has its own."""
        match purpose:
            case "post" | "answer":
                return (purpose, *("part" for _ in content.parts))
            case "edit" | "delete":
                return (purpose,)
            case _:
                raise ValueError(f"There is no {purpose!r} here.")

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """To edit or delete twice does no more than once."""
        if step in {"edit", "delete"}:
            return Reconciliation(ReconciliationKind.KEY, SETTLE_SECONDS)
        key_seconds = software_of(account).key_seconds
        if key_seconds is None:
            return Reconciliation(ReconciliationKind.LOOKUP, SETTLE_SECONDS)
        return Reconciliation(ReconciliationKind.KEY, SETTLE_SECONDS, key_seconds - KEY_MARGIN_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        return await statuses.prepare(call, api, self._wait)

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        return statuses.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        verdict = self._read_refusal(call, response, now) if not response.ok else None
        if verdict is not None:
            return verdict
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target)
        status = response.mapping()
        if not status.get("id") or "content" not in status:
            return Doubtful("an answer without a status")
        return Accepted(statuses.remote(status, call))

    def _read_refusal(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        match self.judge(response, now):
            case Refused("not_found") if call.kind == "delete" and call.target is not None:
                return Accepted(call.target)
            case Refused("not_found") if call.kind == "post":
                # Nothing was referred to: the key names a post that somebody deleted since.
                return Doubtful("the server no longer finds what this key made")
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

    async def received(self, kind: Discussed, api: Api) -> tuple[Reply, ...]:
        return await messages.messages(api)

    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]:
        return await reading.history(api, since)

    async def people(self, query: str, api: Api) -> tuple[Person, ...]:
        return await reading.people(query, api)

    def public_request(self, page: str) -> Request | None:
        return public.account_request(page)

    def public_figures(self, response: Response) -> Mapping[str, int]:
        return counted(response.mapping(), Scope.CHANNEL)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await oauth2.open_or_renew(self.dialect(""), saved, api)

    def dialect(self, way: str) -> ServerSignIn:
        return ServerSignIn(NETWORK.sign_ins[0])

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        """A token speaks for one account."""
        return (await identify.identify({}, api),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify.identify(answers, api)


CONNECTOR = MastodonConnector()
