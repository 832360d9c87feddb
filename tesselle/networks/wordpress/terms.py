"""Categories and tags: people write names, the site wants numbers."""

import html

from tesselle.connectors.api import AnswerError
from tesselle.connectors.protocols import Api
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.wordpress import routes
from tesselle.networks.wordpress.answers import items, mapping

NO_CATEGORY = N_(
    "The site has no category “%(name)s”, and its user may not create one. "
    "Choose another, or make the user Editor."
)


async def tag(api: Api, name: str) -> int:
    """Create it; an existing one is refused with its number."""
    return await _created(api, "/tags", name)


async def category(api: Api, name: str) -> int:
    """Look first: authors may use categories, but not create them."""
    # Names are kept with their `&` escaped, and searched in that form.
    params: dict[str, str | int] = {"search": html.escape(name, quote=False), "per_page": 100}
    listed = items(await api.call(routes.get(api.account, "/categories", params))) or []
    for item in listed:
        if html.unescape(str(item.get("name", ""))).casefold() == name.casefold():
            return int(item["id"])
    try:
        return await _created(api, "/categories", name)
    except BlockedError as error:
        if error.reason != "role":
            raise
        raise RejectedError(Message(NO_CATEGORY, {"name": name}), "category") from error


async def _created(api: Api, path: str, name: str) -> int:
    try:
        found = mapping(await api.call(routes.send(api.account, "POST", path, {"name": name}))).get("id")
    except AnswerError as error:
        data = mapping(error.response).get("data")
        found = data.get("term_id") if isinstance(data, dict) else None
        if found is None:
            raise
    if not isinstance(found, int):
        raise NotSentError(Message(N_("The site’s answer about a tag or category could not be read.")))
    return found
