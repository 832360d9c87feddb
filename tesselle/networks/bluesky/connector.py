"""Speaks to Bluesky. What it builds is in `records`, what it reads in `reading`, what an answer
means in `answers`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

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
    Doubtful,
    Presence,
    Reconciliation,
    ReconciliationKind,
    Remote,
    Sighting,
    Verdict,
)
from tesselle.networks.bluesky import answers, public, reading, records, session, xrpc
from tesselle.networks.bluesky.figures import counted
from tesselle.networks.bluesky.limits import limits_for

SETTLE_SECONDS = 30
"""Ours: a server writes before it answers and reads show it at once (measured on a real one)."""


class BlueskyConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        match purpose:
            case "post":
                return ("post", *("part" for _ in content.parts))
            case "answer" | "delete":
                return (purpose,)
            case _:
                raise ValueError(f"Bluesky offers no {purpose!r}.")

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        return Reconciliation(ReconciliationKind.KEY, SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        if call.kind == "delete":
            return {}
        if "record" not in call.frozen:
            return await records.build(call, api)
        await records.upload(call.media, api)
        return call.frozen

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        """`swapRecord: null` says: only if nothing is there. Without it the server would overwrite,
        or bring back what somebody deleted."""
        server, headers = call.account.server, xrpc.signed(session)
        if call.kind == "delete" and call.target is not None:
            address = xrpc.RecordAddress.of(call.target.id)
            return xrpc.procedure(server, "com.atproto.repo.deleteRecord", address.params, headers)
        data = {
            "repo": call.account.remote_id,
            "collection": xrpc.POSTS,
            "rkey": call.frozen["rkey"],
            "record": call.frozen["record"],
            "swapRecord": None,
            "validate": True,
        }
        return xrpc.procedure(server, "com.atproto.repo.putRecord", data, headers)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            return self.judge(response, now)
        answer = response.json()
        if not isinstance(answer, dict):
            return Doubtful("unreadable answer")
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target)
        uri, cid = str(answer.get("uri", "")), str(answer.get("cid", ""))
        if not cid or xrpc.RecordAddress.of(uri).rkey != call.frozen["rkey"]:
            return Doubtful("an answer without the record's address")
        return Accepted(records.remote(uri, cid, call.frozen["record"]))

    def judge(self, response: Response, now: datetime) -> Verdict:
        return answers.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return await reading.look_up(call, api, window)

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

    async def people(self, query: str, api: Api) -> tuple[Person, ...]:
        return await reading.people(query, api)

    def public_request(self, page: str) -> Request | None:
        return public.profile_request(page)

    def public_figures(self, response: Response) -> Mapping[str, int]:
        return counted(response.mapping(), Scope.CHANNEL)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return session.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await session.renew_or_open(saved, api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await session.identify(answers, api)


CONNECTOR = BlueskyConnector()
