"""Which post of a channel a row of an export speaks of: by its id, its address, or its time and words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from django.db.models import Q

from tesselle.channels.models import Channel
from tesselle.domain.cells import Told
from tesselle.domain.text.opening import first_words
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import PastPost

NEAR = timedelta(minutes=2)
SAME_WORDS = 40
"""So many letters in common from the beginning are the same words; exports cut long ones."""


@dataclass(frozen=True, slots=True)
class Known:
    """A post we know: one of ours (`delivery_id`), or one made elsewhere (`past_post_id`)."""

    at: datetime
    title: str
    url: str = ""
    delivery_id: int = 0
    past_post_id: int = 0


@dataclass
class Register:
    """All that may be meant, by what it can be found by."""

    zone: ZoneInfo
    by_id: dict[str, Known] = field(default_factory=dict)
    by_url: dict[str, Known] = field(default_factory=dict)
    in_time: list[tuple[Known, str]] = field(default_factory=list)

    def add(self, known: Known, ids: Iterable[str], urls: Iterable[str], text: str) -> None:
        for one in filter(None, ids):
            self.by_id.setdefault(one, known)
        for url in filter(None, urls):
            self.by_url.setdefault(plain_url(url), known)
        self.in_time.append((known, letters(text)))

    def find(self, remote_id: str, url: str, told: Told | None, text: str) -> Known | None:
        """None for a post that nobody knows, and where two may be meant."""
        if remote_id in self.by_id:
            return self.by_id[remote_id]
        if url:
            tail = id_in(url)
            found = self.by_url.get(plain_url(url)) or (self.by_id.get(tail) if tail else None)
            if found is not None:
                return found
        return self._by_time(told, letters(text)) if told is not None else None

    def _by_time(self, told: Told, words: str) -> Known | None:
        """With words: the same ones on that day. Without: within two minutes."""
        if words:
            near = [
                known for known, theirs in self.in_time if _agree(words, theirs) and self._same(told, known)
            ]
        elif told.has_time:
            near = [known for known, _ in self.in_time if abs(known.at - told.at) <= NEAR]
        else:
            near = []
        return near[0] if len(near) == 1 else None

    def _same(self, told: Told, known: Known) -> bool:
        """A clock may stand in another zone than was said: a day's difference is let pass."""
        return (
            abs((told.at - known.at).total_seconds()) < 24 * 3600
            if told.has_time
            else (
                abs((told.at.astimezone(self.zone).date() - known.at.astimezone(self.zone).date()).days) <= 1
            )
        )


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text.casefold()))[:200]


def _agree(words: str, theirs: str) -> bool:
    size = min(len(words), len(theirs), SAME_WORDS)
    return size >= min(8, len(words)) and size > 0 and words[:size] == theirs[:size]


def plain_url(url: str) -> str:
    """Host and path; of the query only what names a film."""
    parts = urlsplit(url.strip())
    film = parse_qs(parts.query).get("v", [""])[0]
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}{f'?v={film}' if film else ''}".casefold()


def id_in(url: str) -> str:
    """The last part of the address that looks like an id: long, and with a digit in it."""
    found = re.findall(r"urn:li:[A-Za-z]+:\d+|[A-Za-z0-9_-]*\d[A-Za-z0-9_-]{4,}", url)
    return found[-1] if found else ""


def _forms(url: str) -> set[str]:
    """How the same address may be kept."""
    bare = url.split("?", 1)[0].rstrip("/")
    return {url, bare, f"{bare}/"}


def register_of(
    channel: Channel, zone: ZoneInfo, times: Iterable[datetime], ids: Iterable[str], urls: Iterable[str]
) -> Register:
    """The channel's posts around those times, and those with these ids and addresses, in two queries."""
    found, told = Register(zone), sorted(times)
    there = [form for url in urls if url for form in _forms(url)]
    named = [one for one in (*ids, *map(id_in, there)) if one]
    ours = Q(remote__id__in=named) | Q(remote__url__in=there)
    theirs = Q(remote_id__in=named) | Q(url__in=there)
    if told:
        first, last = told[0] - timedelta(days=2), told[-1] + timedelta(days=2)
        ours |= Q(live_at__range=(first, last))
        theirs |= Q(posted_at__range=(first, last))
    out = Delivery.objects.filter(ours, channel=channel, purpose=Purpose.POST, live_at__isnull=False)
    for delivery in out.exclude(remote=None).select_related("post", "variant").order_by("-live_at"):
        _add_ours(found, delivery)
    for past in PastPost.objects.filter(theirs, channel=channel).order_by("-posted_at"):
        known = Known(past.posted_at, first_words(past.text), past.url, past_post_id=past.pk)
        found.add(known, (past.remote_id,), (past.url,), past.text)
    return found


def _add_ours(found: Register, delivery: Delivery) -> None:
    remote: Mapping[str, object] = delivery.remote or {}
    extra = remote.get("extra")
    ids = [str(remote.get("id") or ""), *(map(str, extra.values()) if isinstance(extra, dict) else ())]
    url, at = str(remote.get("url") or ""), delivery.live_at
    assert at is not None
    text = delivery.content.text or delivery.content.title
    title = delivery.post.name if delivery.post is not None else first_words(text)
    known = Known(at, title or first_words(text), url, delivery_id=delivery.pk)
    found.add(known, [*ids, id_in(url)], (url,), text)
