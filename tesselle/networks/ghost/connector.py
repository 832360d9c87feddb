"""Ghost's connector: the protocols of `connectors.protocols`, each in its own module."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Account, Api, Figures, Identity, PastPost, StepCall, Window
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
from tesselle.networks.ghost import answers as table
from tesselle.networks.ghost import articles, reading, routes
from tesselle.networks.ghost import identify as connecting
from tesselle.networks.ghost.limits import limits_for

SETTLE_SECONDS = 120  # Ghost documents none
RENEW_BEFORE = timedelta(seconds=60)

KINDS = {
    "post": ReconciliationKind.WITNESS,
    # `updated_at` lets an edit through once; a deletion names its post.
    "edit": ReconciliationKind.KEY,
    "delete": ReconciliationKind.KEY,
}
_DRAFT = N_("The site left the post a draft. Look at it on the site.")


class GhostConnector:
    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        if purpose not in KINDS:
            raise ValueError(f"an integration knows no {purpose}")
        return (purpose,)

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        return Reconciliation(KINDS[step], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        match call.kind:
            case "post":
                return await articles.prepared_post(call, api)
            case "edit":
                return await articles.prepared_edit(call, api)
            case _:
                return {}

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        account = call.account
        match call.kind:
            case "post":
                fields = {"status": "published", "updated_at": call.frozen["updated_at"]}
                path = f"/posts/{call.frozen['post']}/"
                return routes.write(account, session, "PUT", path, {"posts": [fields]})
            case "edit":
                assert call.target is not None
                path, fields = f"/posts/{call.target.id}/", call.frozen["fields"]
                return routes.write(account, session, "PUT", path, {"posts": [fields]}, articles.FROM_HTML)
            case _:
                assert call.target is not None
                return routes.delete(account, session, f"/posts/{call.target.id}/")

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            verdict = self.judge(response, now)
            gone = isinstance(verdict, Refused) and verdict.code == table.GONE
            if call.kind == "delete" and gone and call.target is not None:
                return Accepted(call.target)
            return verdict
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target) if response.status == 204 else Doubtful("not Ghost's answer")
        post = routes.first(response.mapping())
        if "id" not in post or "status" not in post:
            return Doubtful("the answer could not be read")
        if call.kind == "post" and post["status"] not in reading.PUBLIC:
            return Blocked(BlockReason.ROLE, Message(_DRAFT))
        return Accepted(reading.remote_of(post))

    def judge(self, response: Response, now: datetime) -> Verdict:
        return table.judge(response, now)

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

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        """A token lives five minutes; also one made by a clock that has been set back is made anew."""
        try:
            until = datetime.fromisoformat(saved.get("until", ""))
        except ValueError:
            return False
        left = until - now
        return RENEW_BEFORE < left <= timedelta(seconds=routes.TOKEN_SECONDS)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        until = api.now + timedelta(seconds=routes.TOKEN_SECONDS)
        token = routes.token(api.account.credentials["key"], api.now)
        return {"token": token, "until": until.isoformat()}

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await connecting.identify(answers, api)


CONNECTOR = GhostConnector()
