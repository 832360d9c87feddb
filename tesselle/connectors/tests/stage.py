"""A network's connector on its own sandbox, in process, with a fault script and a clock.

Used by the contract suite and by the networks' own tests. The settling of doubt is played here in
a few lines, as the ledger does it.
"""

import struct
import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from tesselle.connectors.api import MemorySession, NetworkApi
from tesselle.connectors.card import Network
from tesselle.connectors.http.asgi_transport import AsgiApp, AsgiTransport
from tesselle.connectors.http.exchange import Exchange, Request, Transport
from tesselle.connectors.protocols import Account, Addressee, StepCall, Window
from tesselle.connectors.sandbox.contract import Sandbox, SandboxAccount
from tesselle.connectors.sandbox.faulty import FaultySandbox
from tesselle.domain.content import Content, Media
from tesselle.domain.limits import Limits
from tesselle.domain.verdicts import (
    Accepted,
    Candidate,
    Doubtful,
    Duplicate,
    Presence,
    ReconciliationKind,
    Remote,
    Seen,
    Sighting,
    Silent,
    Verdict,
)
from tesselle.simulation.faults import Effect, Fault, FaultScript
from tesselle.simulation.network import SimPost, SimulatedNetwork
from tesselle.simulation.shelf import MemoryShelf

MEDIA_ADDRESS = "https://media.example/"
TYPED = {"date": "2026-12-05", "time": "09:30", "url": "https://carrelage.example/"}
"""What is typed where an option that is needed offers no choices."""
START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class Plugin(Protocol):
    """What `tesselle.networks.plugin` gives; this floor may not import it."""

    @property
    def card(self) -> Network: ...
    @property
    def connector(self) -> Any: ...
    @property
    def sandbox(self) -> Sandbox: ...
    @property
    def metrics(self) -> Any: ...


@dataclass(slots=True)
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Folder:
    """Media files: `asset` is a file name in `root`."""

    root: Path

    def path(self, media: Media) -> Path:
        return self.root / media.asset

    def address(self, media: Media) -> str:
        """Where a network that fetches files itself finds it: `Stage.web`."""
        return f"{MEDIA_ADDRESS}{media.asset}"


RECIPIENT = "00000000-0000-4000-8000-00000000000a"
"""The only one on every list."""


class OneReader:
    """Who is on the list: Ana, whatever number is asked for."""

    async def addressee(self, recipient: str) -> Addressee:
        return Addressee("ana@example.org", "Ana", "Carreaux", "fr", f"https://tesselle.example/{recipient}")


@dataclass(slots=True)
class Stage:
    """One connected account on one simulated network. `options`: a first choice for each option that
    the network cannot do without."""

    plugin: Plugin
    network: SimulatedNetwork
    script: FaultScript
    transport: Transport
    session: MemorySession
    clock: Clock
    opened: SandboxAccount
    folder: Path
    account: Account = field(init=False)
    options: dict[str, str] = field(default_factory=dict)
    _keys: int = 0

    def api(self, account: Account | None = None) -> NetworkApi:
        return NetworkApi(
            connector=self.plugin.connector,
            account=account or self.account,
            transport=self.transport,
            now=self.clock.now,
            session=self.session,
            files=Folder(self.folder),
            addressees=OneReader(),
        )

    def fault(self, operation: str, effect: Effect, **more: Any) -> None:
        self.script.add(Fault(operation, effect, **more))

    async def choose_what_is_required(self) -> None:
        for option in self.plugin.card.options:
            fits = not option.account_kinds or self.account.kind in option.account_kinds
            if not option.required or not fits:
                continue
            choices = option.choices
            if option.kind == "remote_choice":
                choices = await self.plugin.connector.choices(option.name, self.options, self.api())
            self.options[option.name] = choices[0].value if choices else TYPED.get(option.kind, "x")

    # sending

    def step(self, content: Content, kind: str = "", **more: Any) -> StepCall:
        """A new step with a key of its own; `kind` as the connector names its first one."""
        self._keys += 1
        kind = kind or self.plugin.connector.steps("post", content, self.account)[0]
        key = f"00000000-0000-4000-8000-{self._keys:012d}"
        return StepCall(self.account, kind, more.pop("position", 0), content, key, self.clock.now, **more)

    async def prepared(self, call: StepCall) -> StepCall:
        return replace(call, frozen=await self.plugin.connector.prepare(call, self.api()))

    async def request_for(self, call: StepCall) -> Request:
        request: Request = self.plugin.connector.request(call, await self.api().session())
        return request

    async def exchange(self, call: StepCall) -> Exchange:
        return await self.transport.exchange(await self.request_for(call))

    async def send(self, call: StepCall) -> Verdict:
        """One attempt; no answer is doubt."""
        exchange = await self.exchange(call)
        if exchange.response is None:
            return Doubtful(exchange.cause)
        verdict: Verdict = self.plugin.connector.read(call, exchange.response, self.clock.now)
        return verdict

    async def publish(self, content: Content) -> Remote:
        """A first step that goes well."""
        verdict = await self.send(await self.prepared(self.step(content)))
        assert isinstance(verdict, Accepted), verdict
        return verdict.remote

    # settling

    def window(self, call: StepCall) -> Window:
        margin = timedelta(seconds=120)
        return Window(call.instant - margin, self.clock.now + margin)

    async def look_up(self, call: StepCall) -> Sighting:
        sighting: Sighting = await self.plugin.connector.look_up(call, self.api(), self.window(call))
        return sighting

    async def found(self, call: StepCall) -> tuple[Candidate, ...]:
        sighting = await self.look_up(call)
        assert isinstance(sighting, Seen), sighting
        return sighting.candidates

    async def send_until_settled(self, call: StepCall) -> Remote:
        """What the ledger does with doubt: look, adopt what is certain, else send again. A call with
        a key is repeated where nothing can be looked at."""
        for _attempt in range(5):
            verdict = await self.send(call)
            if isinstance(verdict, Accepted):
                return verdict.remote
            assert isinstance(verdict, Doubtful | Duplicate), verdict
            if await self.only_repeating_tells(call):
                continue
            candidates = await self.found(call)
            if len(candidates) == 1 and candidates[0].certain:
                return candidates[0].remote
            assert not candidates, f"not certain: {candidates}"
            call = await self.prepared(call)
        raise AssertionError("five attempts and still no certainty")

    async def only_repeating_tells(self, call: StepCall) -> bool:
        """Whether the call has a key, and there is nothing to look at."""
        kind = self.plugin.connector.reconciliation(call.kind, call.account).kind
        return kind is ReconciliationKind.KEY and isinstance(await self.look_up(call), Silent)

    async def verify(self, remote: Remote) -> Presence:
        presence: Presence = await self.plugin.connector.verify(remote, self.api())
        return presence

    # the truth

    async def public(self) -> list[SimPost]:
        """What is out on the network: drafts, removed and hidden things left aside."""
        self.clock.forward(3600)
        return [post for post in await self.network.truth() if not post.draft and not post.removed]

    def file_for(self, limits: Limits) -> Media:
        """A file of the first kind that the network takes, or of the one it cannot do without."""
        if limits.max_images and "video" not in limits.needs:
            return self.image()
        return self.document() if limits.max_documents else self.film()

    def beside_pictures(self, limits: Limits) -> tuple[Media, ...]:
        """What has to be there for a picture to go out at all."""
        return (self.film(),) if "video" in limits.needs else ()

    def film(self, name: str = "tiles.mp4") -> Media:
        """The head of an MP4 with nothing in it: networks of ours look no further."""
        data = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x08mdat"
        (self.folder / name).write_bytes(data)
        return Media("video", "video/mp4", len(data), 1080, 1920, 10.0, alt="Laying tiles", asset=name)

    def document(self, name: str = "tiles.pdf", pages: int = 2) -> Media:
        data = b"%PDF-1.4\n" + b"% page\n" * pages + b"%%EOF\n"
        (self.folder / name).write_bytes(data)
        return Media("document", "application/pdf", len(data), 0, 0, asset=name, pages=pages)

    def image(self, name: str = "tiles.png", *, size_bytes: int = 0, alt: str = "Blue tiles") -> Media:
        """A real picture of a few pixels in the folder, filled up to `size_bytes` if given. A JPEG where
        the network takes no PNG; said to be as large as it asks for, since no sandbox measures it."""
        each = self.plugin.connector.limits(self.account).each()
        limit = next((one.image for _, one in each if one.image is not None), None)
        is_png = limit is None or not limit.mimes or "image/png" in limit.mimes
        data = png(size_bytes, name) if is_png else jpeg(size_bytes, name)
        (self.folder / name).write_bytes(data)
        mime = "image/png" if is_png else "image/jpeg"
        width, height = (2, 2) if limit is None else (max(limit.min_width_px, 2), max(limit.min_height_px, 2))
        return Media("image", mime, len(data), width, height, alt=alt, asset=name)

    def web(self, address: str) -> bytes | None:
        """What the network finds when it fetches one of our files itself."""
        path = self.folder / address.rpartition("/")[2]
        return path.read_bytes() if address.startswith(MEDIA_ADDRESS) and path.is_file() else None


def jpeg(size_bytes: int = 0, comment: str = "") -> bytes:
    """A JPEG of 2 x 2 pixels; comments make it as long as asked, and unlike any other."""
    plain = BytesIO()
    Image.new("RGB", (2, 2), (32, 80, 176)).save(plain, "JPEG")
    start, rest = plain.getvalue()[:2], plain.getvalue()[2:]
    words = comment.encode()
    left = size_bytes - len(start) - len(rest)
    segments = [_comment(words)] if left < len(words) + 4 else []
    while left >= len(words) + 4:
        length = min(left - 4, 65_533)
        length -= 4 if 0 < left - 4 - length < 4 else 0
        segments.append(_comment(words.ljust(length, b" ")[:length]))
        left -= length + 4
    return start + b"".join(segments) + rest


def _comment(words: bytes) -> bytes:
    return b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words


def png(size_bytes: int = 0, comment: str = "") -> bytes:
    """A PNG of 2 x 2 pixels; a comment chunk makes it as long as asked, and unlike any other."""
    pixels = zlib.compress(b"\x00\x10\x40\xa0\x20\x50\xb0" * 2)
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    tail = _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    words = b"Comment\x00" + comment.encode()
    room = size_bytes - len(head) - len(tail) - 12
    return head + _chunk(b"tEXt", words.ljust(max(room, 0), b" ")) + tail


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


async def open_stage(plugin: Plugin, folder: Path, handle: str = "carrelage", **options: Any) -> Stage:
    """Open an account on a fresh simulated network and connect it as a person would. `options`: what
    the sandbox's `open_account` takes."""
    clock = Clock()
    network = SimulatedNetwork(plugin.sandbox.slug, MemoryShelf(), clock)
    script = FaultScript()
    app: AsgiApp = FaultySandbox(plugin.sandbox, network, script)
    transport = AsgiTransport(lambda host: app if host == plugin.sandbox.host else None)
    base = f"https://{plugin.sandbox.host}"
    opened = await plugin.sandbox.open_account(network, base, handle, "Carrelage Dubois", **options)
    stage = Stage(plugin, network, script, transport, MemorySession({}), clock, opened, folder)
    network.web = stage.web
    empty = Account("", "", "", opened.server, {}, dict(opened.answers))
    identity = await plugin.connector.identify(opened.answers, stage.api(empty))
    assert not identity.missing, identity.missing
    stage.account = identity.account
    await stage.choose_what_is_required()
    return stage
