"""Reading back, counting, the past: everything that only reads, but the look-up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tesselle.connectors.protocols import Api, Figures, PastPost
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.metrics import Scope
from tesselle.domain.verdicts import Absent, Presence, Present, Remote, Silent
from tesselle.networks.pinterest import films
from tesselle.networks.pinterest.answers import GONE
from tesselle.networks.pinterest.metrics import counted, of_pin
from tesselle.networks.pinterest.pins import remote
from tesselle.networks.pinterest.wire import ask, items

SINGLY = 3
"""So many pins are asked for one by one; for more, a page of the list is cheaper."""
OWN = {"pin_filter": "exclude_repins"}


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


def instant(pin: Mapping[str, Any]) -> datetime:
    """Pinterest leaves out the zone, which is UTC. Raises ValueError."""
    parsed = datetime.fromisoformat(str(pin.get("created_at", "")))
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


async def verify(thing: Remote, api: Api) -> Presence:
    try:
        pin = await ask(api, f"/pins/{thing.id}")
    except RejectedError as error:
        return Absent() if error.reason == GONE else silent(error)
    except NetworkError as error:
        return silent(error)
    return Present(remote(pin)) if str(pin.get("id")) == thing.id else Silent("unreadable answer")


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    wanted = {thing.id for thing in remotes}
    seen: dict[str, Mapping[str, Any]] = {}
    if len(wanted) > SINGLY:
        async for pin in items(api, "/pins", {**OWN, "pin_metrics": "true"}):
            seen |= {str(pin["id"]): pin} if str(pin.get("id")) in wanted else {}
            if len(seen) == len(wanted):
                break
    for pin_id in wanted - set(seen):
        pin_or_none = await _with_metrics(pin_id, api)
        seen |= {pin_id: pin_or_none} if pin_or_none is not None else {}
    return tuple([await _figures(seen[thing.id], api) for thing in remotes if thing.id in seen])


async def _figures(pin: Mapping[str, Any], api: Api) -> Figures:
    return Figures(str(pin["id"]), {**of_pin(pin), **await films.figures(pin, instant(pin), api)})


async def _with_metrics(pin_id: str, api: Api) -> Mapping[str, Any] | None:
    try:
        return await ask(api, f"/pins/{pin_id}", {"pin_metrics": "true"})
    except RejectedError as error:
        if error.reason == GONE:
            return None
        raise


async def channel_figures(api: Api) -> Figures:
    account = await ask(api, "/user_account")
    return Figures(str(account.get("id", "")), counted(account, Scope.CHANNEL))


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """Pins of the account's own making, newest first; what it saved from others is left out."""
    past = []
    async for pin in items(api, "/pins", {**OWN, "pin_metrics": "true"}):
        if instant(pin) < since:
            break
        past.append(
            PastPost(
                remote=remote(pin),
                posted_at=instant(pin),
                text="\n\n".join(str(pin[name]) for name in ("title", "description") if pin.get(name)),
                media_count=pictures_of(pin),
                figures=of_pin(pin),
            )
        )
    return tuple(past)


def pictures_of(pin: Mapping[str, Any]) -> int:
    media = pin.get("media")
    inside = media.get("items") if isinstance(media, Mapping) else None
    return len(inside) if isinstance(inside, list) else 1
