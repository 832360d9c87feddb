"""Places by their names: Facebook's Pages that stand somewhere, of which a post names one.

Meta answers only an application that it granted “Page Public Metadata Access”, and asks for the application's own
token (developers.facebook.com/documentation/pages-api/search-pages, 17 April 2026).
"""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.card import Choice
from tesselle.connectors.protocols import Api
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.instagram.options import PLACE, PLACE_SEARCH
from tesselle.networks.instagram.wire import BY_FACEBOOK

FIELDS = "id,name,location"
MOST = 15

NOT_GRANTED = N_(
    "Meta does not let this installation search for places (“%(answer)s”). Type the number of the place’s page."
)
NO_ANSWER = N_("Meta’s answer to the search for places cannot be read. Type the number of the place’s page.")


async def choices(option: str, chosen: Mapping[str, str], api: Api) -> tuple[Choice, ...]:
    """Pages without a place are left out: a post cannot be at one."""
    wanted = chosen.get(PLACE_SEARCH, "").strip()
    if option != PLACE or not wanted:
        return ()
    own = api.account.credentials
    application = f"{own.get('client_id', '')}|{own.get('client_secret', '')}"
    kept = {"access_token": application, "client_secret": own.get("client_secret", "")}
    try:
        told = await BY_FACEBOOK.ask(api, "pages/search", {"q": wanted, "fields": FIELDS}, kept)
    except (BlockedError, RejectedError) as error:  # the application's matter: the channel is well
        raise NotSentError(Message(NOT_GRANTED, {"answer": str(error)[:200]})) from error
    except ValueError as error:
        raise NotSentError(Message(NO_ANSWER)) from error
    pages = told.get("data")
    if not isinstance(pages, list):
        raise NotSentError(Message(NO_ANSWER))
    return tuple(_choice(page) for page in pages if isinstance(page, dict) and _stands(page))[:MOST]


def _stands(page: Mapping[str, Any]) -> bool:
    return bool(page.get("id") and page.get("name") and page.get("location"))


def _choice(page: Mapping[str, Any]) -> Choice:
    """As `options.number_of` reads it."""
    where = page["location"] if isinstance(page["location"], dict) else {}
    parts = (where.get(one) for one in ("street", "city", "country"))
    return Choice(
        f"{page['id']} {str(page['name'])[:80]}",
        str(page["name"]),
        ", ".join(str(one) for one in parts if one),
    )
