"""What became of a call whose answer was lost. Every request here is one that a reader without
sign-in may not make: a site that lost our password answers public lists as if nothing were wrong."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tesselle.connectors.dialects.articles import fingerprint, plain
from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.wordpress import routes
from tesselle.networks.wordpress.answers import GONE, items, mapping
from tesselle.networks.wordpress.drafts import COMMENT, agent_for, path_of, raw


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    look = {"post": _post, "answer": _answer, "edit": _edit, "delete": _delete}[call.kind]
    try:
        return await look(call, api, window)
    except TryLaterError as error:
        return Silent(str(error.message), error.until)
    except NetworkError as error:
        return Silent(str(error.message))


def instant(item: Mapping[str, Any], name: str = "date_gmt") -> datetime:
    """Dates come without a zone; the `_gmt` ones are UTC."""
    try:
        return datetime.fromisoformat(str(item.get(name))).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


async def _post(call: StepCall, api: Api, window: Window) -> Sighting:
    """The draft's number is the witness: public or not."""
    params = {"include": call.frozen["post"], "status": routes.EVERY_STATUS, "context": "edit"}
    listed = items(await api.call(routes.get(api.account, "/posts", params)))
    if listed is None:
        return Silent("the list of posts could not be read")
    public = [item for item in listed if item.get("status") in ("publish", "private")]
    return Seen(tuple(_candidate(item, str(item["id"]), certain=True) for item in public))


async def _answer(call: StepCall, api: Api, window: Window) -> Sighting:
    params: dict[str, str | int] = {
        "post": call.frozen["post"],
        "author": api.account.remote_id,
        "status": "all",
        "per_page": 100,
        "orderby": "date_gmt",
        "order": "desc",
    }
    if api.account.facts.get("can_moderate"):
        params["context"] = "edit"
    listed = items(await api.call(routes.get(api.account, "/comments", params)))
    if listed is None:
        return Silent("the list of comments could not be read")
    mine = [item for item in listed if _matches(item, call, window)]
    return Seen(
        tuple(
            _candidate(
                item, f"{COMMENT}{item['id']}", certain=item.get("author_user_agent") == agent_for(call)
            )
            for item in mine
        )
    )


def _matches(item: Mapping[str, Any], call: StepCall, window: Window) -> bool:
    if f"{COMMENT}{item['id']}" in window.adopted or int(item.get("parent", 0)) != call.frozen["parent"]:
        return False
    if item.get("author_user_agent") == agent_for(call):
        return True
    same_words = fingerprint(raw(item, "content")) == fingerprint(str(call.frozen["content"]))
    return same_words and window.start <= instant(item) <= window.end


async def _edit(call: StepCall, api: Api, window: Window) -> Sighting:
    """Done when the site shows what was sent."""
    assert call.target is not None
    item = mapping(await api.call(routes.get(api.account, path_of(call.target.id), {"context": "edit"})))
    if "content" not in item:
        return Silent("the post could not be read")
    sent = call.frozen["fields"]
    same = all(
        fingerprint(raw(item, name)) == fingerprint(sent[name]) for name in ("content",) if name in sent
    )
    if same and "title" in sent:
        same = fingerprint(raw(item, "title")) == fingerprint(sent["title"])
    return Seen((_candidate(item, call.target.id, certain=True),) if same else ())


async def _delete(call: StepCall, api: Api, window: Window) -> Sighting:
    assert call.target is not None
    gone = Seen((Candidate(call.target, api.now, certain=True),))
    try:
        seen = await api.call(routes.get(api.account, path_of(call.target.id), {"context": "edit"}))
    except RejectedError as error:
        return gone if error.reason == GONE else Silent(str(error.message))
    status = mapping(seen).get("status")
    if status is None:
        return Silent("the post could not be read")
    return gone if status == "trash" else Seen()


def _candidate(item: Mapping[str, Any], remote_id: str, *, certain: bool) -> Candidate:
    extra = {"post": str(item["post"])} if "post" in item else {}
    remote = Remote(remote_id, str(item.get("link", "")), extra)
    return Candidate(remote, instant(item), certain, plain(raw(item, "content")))
