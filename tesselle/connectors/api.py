"""What a connector speaks to its network with: one account, one instant, one transport."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol

from tesselle.connectors.http.exchange import Request, Response, Transport
from tesselle.connectors.protocols import Account, Addressee, Connector
from tesselle.domain.content import Media
from tesselle.domain.errors import (
    BlockedError,
    NetworkError,
    NotSentError,
    RejectedError,
    TryLaterError,
)
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, Later, Refused, Verdict


class SavedSession(Protocol):
    """The session token of one channel, kept between calls and shared by all processes."""

    async def read(self) -> Mapping[str, str]: ...

    def renewing(self) -> AbstractAsyncContextManager[None]:
        """Only one process at a time is inside for this channel."""
        ...

    async def write(self, session: Mapping[str, str]) -> None: ...


class MediaFiles(Protocol):
    def path(self, media: Media) -> Path: ...

    def address(self, media: Media) -> str: ...


class Addressees(Protocol):
    async def addressee(self, recipient: str) -> Addressee:
        """Raises RejectedError: they have left meanwhile."""
        ...


@dataclass(slots=True)
class MemorySession:
    """For the connection wizard and for tests: one process, one account."""

    saved: Mapping[str, str]

    async def read(self) -> Mapping[str, str]:
        return self.saved

    def renewing(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    async def write(self, session: Mapping[str, str]) -> None:
        self.saved = session


class NetworkApi:
    """`Api` of `protocols.py`, over any transport."""

    def __init__(
        self,
        *,
        connector: Connector,
        account: Account,
        transport: Transport,
        now: datetime,
        session: SavedSession,
        files: MediaFiles | None = None,
        addressees: Addressees | None = None,
    ) -> None:
        self.account = account
        self.now = now
        self._connector = connector
        self._transport = transport
        self._session = session
        self._files = files
        self._addressees = addressees
        self._heard = ""
        self._is_renewing = False

    async def session(self) -> Mapping[str, str]:
        saved = await self._session.read()
        if self._connector.session_is_fresh(saved, self.now):
            return saved
        async with self._session.renewing():
            saved = await self._session.read()
            if not self._connector.session_is_fresh(saved, self.now):
                saved = await self._renewed(saved)
        return saved

    async def renew_ahead(self) -> None:
        """Renew a session that still holds, as long as nobody else does. Raises what renewing raises."""
        seen = await self._session.read()
        async with self._session.renewing():
            saved = await self._session.read()
            if saved == seen:
                await self._renewed({**without_token(saved), "refused": saved.get("access_token", "")})

    async def _renewed(self, saved: Mapping[str, str]) -> Mapping[str, str]:
        self._is_renewing = True
        try:
            fresh = await self._connector.open_session(saved, self)
        finally:
            self._is_renewing = False
        await self._session.write(fresh)
        return fresh

    async def forget_session(self) -> None:
        """Drop the token that was refused, unless another process has renewed it meanwhile."""
        refused = await self._session.read()
        async with self._session.renewing():
            saved = await self._session.read()
            if saved == refused:
                await self._session.write(without_token(saved))

    async def call(self, request: Request) -> Response:
        exchange = await self._transport.exchange(request)
        if exchange.response is None:
            raise NotSentError(
                Message(N_("The network did not answer (%(cause)s)."), {"cause": exchange.cause})
            )
        self._heard = exchange.response.headers.get("date", self._heard)
        if exchange.response.ok:
            return exchange.response
        verdict = self._connector.judge(exchange.response, self.now)
        if isinstance(verdict, Later) and verdict.renew_session and not self._is_renewing:
            await self.forget_session()  # else every later try would carry the same dead token
        raise error_for(verdict, exchange.response)

    def clock_off(self) -> timedelta:
        """How far the network's clock is ahead of ours, by its last answer; zero where it said none."""
        try:
            return parsedate_to_datetime(self._heard) - self.now if self._heard else timedelta(0)
        except ValueError:
            return timedelta(0)

    def media_file(self, media: Media) -> Path:
        if self._files is None:
            raise LookupError("this conversation carries no files")
        return self._files.path(media)

    def media_address(self, media: Media) -> str:
        if self._files is None:
            raise LookupError("this conversation carries no files")
        return self._files.address(media)

    async def addressee(self, recipient: str) -> Addressee:
        if self._addressees is None:
            raise LookupError("this conversation knows no recipients")
        return await self._addressees.addressee(recipient)


def without_token(session: Mapping[str, str]) -> dict[str, str]:
    """What it takes to renew stays: a refresh token that was rotated is nowhere else."""
    if "access_token" not in session:
        return {}
    kept = {name: value for name, value in session.items() if name not in {"access_token", "expires_at"}}
    return {**kept, "refused": session["access_token"]}


class AnswerError(NotSentError):
    """An answer that is neither a yes nor a listed no; `response` is at hand for who knows more."""

    def __init__(self, message: Message, response: Response) -> None:
        super().__init__(message)
        self.response = response


def error_for(verdict: Verdict, response: Response) -> NetworkError:
    """The error that tells the caller of a reversible request what to do next."""
    match verdict:
        case Blocked(reason, message):
            error: NetworkError = BlockedError(message, reason)
        case Refused(code, message):
            error = RejectedError(message, code)
        case Later(message, until) if until is not None:
            error = TryLaterError(message, until)
        case _:
            sentence = N_("The network answered with an error (%(status)s).")
            error = AnswerError(Message(sentence, {"status": response.status}), response)
    return error
