"""Whether networks can fetch pictures from us: we fetch one ourselves, as a stranger would."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tesselle.connectors.http.exchange import Request, Transport
from tesselle.domain.messages import N_, Message
from tesselle.library import public, storage
from tesselle.library.samples import TEST_PICTURE

TEST_NAME = "public/reachability.png"
SECONDS = 15.0
_MINUTES_VALID = 600


@dataclass(frozen=True, slots=True)
class Reached:
    """`address` was asked for; `message` says what came of it."""

    ok: bool
    address: str
    message: Message


async def reach(transport: Transport) -> Reached:
    """Fetch our own test picture through `transport`, which must be the guarded one: an address
    that only this building can reach must not count."""
    address = public.address_of(_put_test_picture(), storage.current(), seconds=_MINUTES_VALID)
    shown = f"{urlsplit(address).scheme}://{urlsplit(address).netloc}"
    exchange = await transport.exchange(Request("GET", address, deadline_seconds=SECONDS))
    if exchange.response is None:
        return _not(address, shown, exchange.cause)
    if not exchange.response.ok:
        return _not(address, shown, f"HTTP {exchange.response.status}")
    if exchange.response.body != TEST_PICTURE:
        return Reached(False, address, Message(_OTHER, {"address": shown}))
    return Reached(True, address, Message(_YES, {"address": shown}))


def _put_test_picture() -> str:
    store = storage.current()
    if not store.exists(TEST_NAME):
        with tempfile.NamedTemporaryFile(delete=False) as draft:
            draft.write(TEST_PICTURE)
        store.put(TEST_NAME, Path(draft.name))
        Path(draft.name).unlink(missing_ok=True)
    return TEST_NAME


def _not(address: str, shown: str, cause: str) -> Reached:
    return Reached(False, address, Message(_NO, {"address": shown, "cause": cause}))


_YES = N_("Networks can fetch pictures and films from %(address)s.")
_NO = N_(
    "A picture could not be fetched from %(address)s (%(cause)s). Networks that fetch media themselves "
    "(Instagram, for instance) cannot publish them: PUBLIC_URL must be an address that the whole internet reaches."
)
_OTHER = N_(
    "%(address)s answers, but with something else than our picture. Does PUBLIC_URL lead to this installation?"
)
