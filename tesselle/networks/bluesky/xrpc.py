"""How Bluesky is spoken to: addresses, headers, error envelopes, session tokens."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import Request, Response

POSTS = "app.bsky.feed.post"
PROFILES = "app.bsky.actor.profile"


@dataclass(frozen=True, slots=True)
class RecordAddress:
    """`at://repository/collection/key` taken apart."""

    repo: str
    collection: str
    rkey: str

    @classmethod
    def of(cls, uri: str) -> "RecordAddress":
        repo, _, rest = uri.removeprefix("at://").partition("/")
        collection, _, rkey = rest.partition("/")
        return cls(repo, collection or POSTS, rkey)

    @property
    def uri(self) -> str:
        return f"at://{self.repo}/{self.collection}/{self.rkey}"

    @property
    def page(self) -> str:
        """Where a person sees it."""
        return f"https://bsky.app/profile/{self.repo}/post/{self.rkey}"

    @property
    def params(self) -> dict[str, str]:
        return {"repo": self.repo, "collection": self.collection, "rkey": self.rkey}


def signed(session: Mapping[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.get('access', '')}"}


def query(
    server: str, method: str, params: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Request:
    """A read."""
    return Request("GET", f"{server}/xrpc/{method}?{urlencode(params, doseq=True)}", headers or {})


def procedure(server: str, method: str, data: Any, headers: Mapping[str, str]) -> Request:
    """A write. Keys are sorted: every attempt sends the same bytes, wherever `data` was kept."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return Request("POST", f"{server}/xrpc/{method}", {**headers, "Content-Type": "application/json"}, body)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an error answer says; both empty when a proxy answered in HTML."""

    name: str
    said: str

    @classmethod
    def of(cls, response: Response) -> "Complaint":
        data = response.mapping()
        return cls(str(data.get("error") or ""), str(data.get("message") or ""))


def expiry(token: str) -> datetime | None:
    """When a session token runs out by its own word; None when it does not say."""
    try:
        payload = token.split(".")[1]
        facts = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return datetime.fromtimestamp(int(facts["exp"]), UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError):
        return None


def instant(text: Any, otherwise: datetime) -> datetime:
    """A date as records carry it; they are written by clients, so anything can stand there."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return otherwise
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def stamp(moment: datetime) -> str:
    """ISO 8601 with milliseconds and Z, as the network's own applications write it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
