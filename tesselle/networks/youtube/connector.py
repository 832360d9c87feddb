"""YouTube's connector: the protocols of `connectors.protocols`, each in its own module."""

import asyncio
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
from tesselle.networks.youtube import NETWORK, answers, checks, comments, films, lookup, playlists, reading
from tesselle.networks.youtube import identify as connecting
from tesselle.networks.youtube.comments import SPOKEN, THREAD, VIDEO
from tesselle.networks.youtube.limits import limits_for
from tesselle.networks.youtube.options import PRIVATE
from tesselle.networks.youtube.uploads import Sessions

SETTLE_SECONDS = 120
"""YouTube documents none; a change of who sees a film is normally told at once."""

KINDS = {
    **dict.fromkeys(films.STEPS, ReconciliationKind.WITNESS),
    "comment": ReconciliationKind.LOOKUP,
    "answer": ReconciliationKind.LOOKUP,
    "edit": ReconciliationKind.KEY,
    "delete": ReconciliationKind.KEY,
}
LOCKED = N_(
    "YouTube keeps the film private, although it was to be seen. It does so with some Google projects that "
    "it has not verified, and with films it looks at first."
)


class YouTubeConnector:
    """`wait` lets time pass while YouTube works on a film."""

    def __init__(self, wait: films.Wait = asyncio.sleep) -> None:
        self._wait = wait
        self._sessions = Sessions()

    def limits(self, account: Account) -> Limits:
        return limits_for(account)

    def objections(self, content: Content, account: Account) -> Sequence[Callable[[], object]]:
        return (lambda: films.fits(content),)

    def steps(self, purpose: str, content: Content, account: Account) -> tuple[str, ...]:
        match purpose:
            case "post":
                return (films.step_of(content), *(("comment",) if content.first_comment else ()))
            case "answer" | "edit" | "delete":
                return (purpose,)
            case _:
                raise ValueError(f"There is no {purpose!r} here.")

    def reconciliation(self, step: str, account: Account) -> Reconciliation:
        """To show, edit or delete twice does no more than once."""
        return Reconciliation(KINDS[step], SETTLE_SECONDS)

    def reads_back(self, account: Account, purpose: str = "post") -> bool:
        return True

    async def prepare(self, call: StepCall, api: Api) -> Mapping[str, Any]:
        if call.kind in films.STEPS:
            return await films.prepare(call, api, self._wait, self._sessions)
        match call.kind:
            case "edit":
                return await films.prepare_edit(call, api)
            case "comment" | "answer":
                return call.frozen or comments.prepared(call)
        return call.frozen

    def request(self, call: StepCall, session: Mapping[str, str]) -> Request:
        below = call.target is not None and comments.is_comment(call.target)
        is_said = call.kind in SPOKEN or (call.kind == "delete" and below)
        return comments.request(call, session) if is_said else films.request(call, session)

    def read(self, call: StepCall, response: Response, now: datetime) -> Verdict:
        if not response.ok:
            verdict = self.judge(response, now)
            gone = isinstance(verdict, Refused) and verdict.code == answers.GONE
            return Accepted(call.target) if call.kind == "delete" and gone and call.target else verdict
        if call.kind == "delete" and call.target is not None:
            return Accepted(call.target) if response.status == 204 else Doubtful("not YouTube's answer")
        told = response.mapping()
        number = str(told.get("id") or "")
        if call.kind in SPOKEN:
            frozen = call.frozen
            remote = comments.comment_remote(number, frozen[VIDEO], frozen[THREAD])
            return Accepted(remote) if number else Doubtful("an answer without a comment")
        if call.kind == "edit" and call.target is not None:
            return Accepted(call.target) if number == call.target.id else Doubtful("an answer without a film")
        return _shown(call, told)

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
        return await playlists.choices(option, chosen, api)

    async def self_checks(self, api: Api) -> tuple[SelfCheck, ...]:
        return await checks.self_checks(api)

    def session_is_fresh(self, saved: Mapping[str, str], now: datetime) -> bool:
        return "refused" not in saved and oauth2.is_fresh(saved, now)

    async def open_session(self, saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
        return await oauth2.open_or_renew(self.dialect(""), saved, api)

    def dialect(self, way: str) -> OAuth2:
        return OAuth2(NETWORK.sign_ins[0])

    async def accounts(self, way: str, api: Api) -> tuple[Identity, ...]:
        """On Google's page one chooses a single channel."""
        return (await connecting.identify({}, api),)

    async def identify(self, answers: Mapping[str, str], api: Api) -> Identity:
        return await connecting.identify(answers, api)


def _shown(call: StepCall, told: Mapping[str, Any]) -> Verdict:
    """The answer repeats who can see the film now."""
    status = told.get("status")
    privacy = status.get("privacyStatus") if isinstance(status, Mapping) else None
    if str(told.get("id")) != call.frozen["video"] or not privacy:
        return Doubtful("an answer without the film")
    if privacy == call.frozen["status"]["privacyStatus"]:
        return Accepted(films.remote_of(call))
    if privacy == PRIVATE:
        return Blocked(BlockReason.ADMISSION, Message(LOCKED))
    return Doubtful(f"it is {privacy} now")


CONNECTOR = YouTubeConnector()
