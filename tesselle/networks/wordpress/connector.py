"""WordPress's connector: the protocols of `connectors.protocols`, each in its own module."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

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
from tesselle.domain.messages import N_, Message
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
from tesselle.networks.wordpress import answers, drafts, lookup, readback, routes, selftest
from tesselle.networks.wordpress.identify import identify
from tesselle.networks.wordpress.limits import limits_for

SETTLE_SECONDS = 120

UNPUBLISHED = {
    "pending": N_(
        "The site put the post up for review instead of publishing it. An editor must approve it there."
    ),
    "future": N_(
        "The site keeps the post for a later date instead of publishing it now. Look at it on the site."
    ),
    "draft": N_("The site left the post a draft; a plugin may hold it back. Look at it on the site."),
}

KINDS = {
    "post": ReconciliationKind.WITNESS,
    "answer": ReconciliationKind.LOOKUP,
    # Sending the same fields or the same deletion again changes nothing.
    "edit": ReconciliationKind.KEY,
    "delete": ReconciliationKind.KEY,
}


class WordPressConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return (lambda: drafts.title_fits(content),)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        return (purpose,)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        return Reconciliation(KINDS[step], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        match call.kind:
            case "post":
                return await drafts.prepared_post(call, api)
            case "answer":
                return await drafts.prepared_answer(call, api)
            case "edit":
                return await drafts.prepared_edit(call, api)
            case _:
                return {}

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        match call.kind:
            case "post":
                path = f"/posts/{call.frozen['post']}"
                return routes.send(call.account, "POST", path, {"status": "publish"})
            case "answer":
                return routes.send(call.account, "POST", "/comments", call.frozen)
            case "edit":
                # PATCH, since aiohttp repeats PUT by itself.
                return routes.send(call.account, "PATCH", call.frozen["path"], call.frozen["fields"])
            case _:
                assert call.target is not None
                return routes.delete(call.account, drafts.path_of(call.target.id))

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            verdict = answers.judge_irreversible(response, now)
            gone = isinstance(verdict, Refused) and verdict.code == answers.GONE
            if call.kind == "delete" and gone and call.target is not None:
                return Accepted(call.target)
            return verdict
        item = answers.mapping(response)
        if "id" not in item or "status" not in item:
            return Doubtful("the answer could not be read")
        if call.kind == "delete":
            assert call.target is not None
            return Accepted(call.target)
        return self._accepted(call, item)

    def _accepted(self, call: StepCall, item: Mapping[str, Any]) -> Verdict:
        """The status in the answer counts: sites adjust what was asked for without a word."""
        status, link = str(item["status"]), str(item.get("link", ""))
        if "post" in item and "author_name" in item:
            remote = Remote(f"{drafts.COMMENT}{item['id']}", link, {"post": str(item["post"])})
            return Accepted(remote, visible=status == "approved")
        if call.kind == "post" and status in UNPUBLISHED:
            return Blocked(BlockReason.ROLE, Message(UNPUBLISHED[status]))
        if call.kind == "post" and (
            status not in ("publish", "private") or item["id"] != call.frozen["post"]
        ):
            return Doubtful(f"status {status}")
        return Accepted(Remote(str(item["id"]), link))

    def judge(self, response: Response, now: datetime) -> Verdict:
        return answers.judge(response, now)

    async def look_up(self, call: StepCall, api: Api, window: Window) -> Sighting:
        return await lookup.look_up(call, api, window)

    async def verify(self, remote: Remote, api: Api) -> Presence:
        return await readback.verify(remote, api)

    async def post_figures(self, remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
        return await readback.post_figures(remotes, api)

    async def channel_figures(self, api: Api) -> Figures:
        return await readback.channel_figures(api)

    async def replies(self, remote: Remote, api: Api) -> tuple[Reply, ...]:
        return await readback.replies(remote, api)

    async def history(self, api: Api, since: datetime) -> tuple[PastPost, ...]:
        return await readback.history(api, since)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        """An application password is sent with each request; there is no session."""
        return True

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return {}

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await selftest.self_checks(api)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await identify(answers, api)


CONNECTOR = WordPressConnector()
