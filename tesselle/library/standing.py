"""Whether networks reach our pictures, as far as it is known: told by the address itself, else by the last
test (`reachability`), which is kept for everybody until the address changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from django.utils import timezone

from tesselle.connectors.card import Network
from tesselle.domain.content import Content
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.messages import N_, Message
from tesselle.library import public, storage
from tesselle.library.models import ReachTest
from tesselle.library.reachability import TEST_NAME, Reached
from tesselle.workspaces.models import Workspace

_NEVER_PUBLIC = (".local", ".lan", ".internal", ".localhost", ".home.arpa", ".test", ".invalid")


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` hidden: nobody outside can reach the address, whatever is tried; unknown: never tested."""

    state: Literal["good", "bad", "hidden", "unknown"]
    origin: str
    message: Message
    cure: Message | None = None
    tested_at: datetime | None = None


def standing() -> Standing:
    origin = _origin()
    if (hidden := _hidden(origin)) is not None:
        return Standing("hidden", origin, hidden, Message(CURE))
    test = ReachTest.objects.filter(origin=origin).first()
    if test is None:
        return Standing("unknown", origin, Message(UNTESTED, {"address": origin}), Message(TEST_IT))
    message = Message(test.sentence, test.params)
    cure = None if test.ok else Message(CURE)
    return Standing("good" if test.ok else "bad", origin, message, cure, test.tested_at)


def keep(reached: Reached) -> None:
    """The last test of each address counts; one before is forgotten."""
    ReachTest.objects.exclude(origin=_origin()).delete()
    told = {"ok": reached.ok, "sentence": reached.message.sentence, "params": dict(reached.message.params)}
    ReachTest.objects.update_or_create(origin=_origin(), defaults={**told, "tested_at": timezone.now()})


def fetch_findings(content: Content, card: Network, workspace: Workspace) -> Iterator[Finding]:
    """Of a network that fetches files itself. An address that is hidden from it cannot work; a test that
    failed may have failed for a moment, or only from here: it is said, and one may plan all the same."""
    if workspace.is_practice or not any(media.kind in card.fetches_media for media in content.media):
        return
    known = standing()
    if known.state in ("hidden", "bad"):
        severity = Severity.ERROR if known.state == "hidden" else Severity.WARNING
        said = Message(CANNOT_FETCH, {"network": card.name, "address": known.origin})
        yield Finding("media_not_reachable", said, known.cure or Message(CURE), "media", severity)


def _origin() -> str:
    """Scheme and host that files are fetched from: ours, or the bucket's."""
    parts = urlsplit(public.address_of(TEST_NAME, storage.current()))
    return f"{parts.scheme}://{parts.netloc}"


def _hidden(origin: str) -> Message | None:
    parts = urlsplit(origin)
    host = (parts.hostname or "").rstrip(".")
    if _is_private(host):
        return Message(HIDDEN, {"address": origin})
    return Message(NOT_HTTPS, {"address": origin}) if parts.scheme != "https" else None


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_NEVER_PUBLIC)


HIDDEN = N_(
    "This installation is known as %(address)s, which only this machine or this building can reach. Networks "
    "outside cannot fetch anything from there."
)
NOT_HTTPS = N_(
    "This installation is known as %(address)s. Networks fetch over https only, and this address begins with http."
)
UNTESTED = N_("Nobody has tested yet whether networks can fetch pictures from %(address)s.")
TEST_IT = N_("Test the channel: one of our own pictures is fetched, as a stranger would.")
CURE = N_(
    "Whoever runs this installation sets PUBLIC_URL to an https address that the whole internet reaches and that "
    "leads here; then test the channel again. Networks that are sent their files work without it."
)
CANNOT_FETCH = N_(
    "%(network)s fetches pictures and films from this installation itself, and cannot reach %(address)s."
)
