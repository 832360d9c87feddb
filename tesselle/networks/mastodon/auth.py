"""Signing in on the server's own page, where it departs from plain OAuth 2: an application is made
known to each server by itself, and some servers do not know the fine rights."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from tesselle.connectors.api import AnswerError
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.oauth2 import OAuth2
from tesselle.connectors.protocols import Api, OwnApp
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.mastodon.wire import address

SCOPES = ("read:accounts", "read:statuses", "write:statuses", "write:media")
WIDE_SCOPES = ("read", "write")
"""For servers that do not know the finer ones (Pixelfed)."""

NOT_AN_ADDRESS = N_("“%(typed)s” is no server address. Type for instance mastodon.example.")
NO_SUCH_SERVER = N_("%(server)s does not answer. Check the address, letter by letter, or try again later.")
NOT_SUCH_A_SERVER = N_("%(server)s does not answer as a Mastodon server does. Check the address.")

_PAGES = {"web", "home", "about", "explore", "public", "settings", "auth", "deck", "users", "invite"}


def normalise_server(typed: str) -> str:
    """The base address of what a person typed: a host, a handle, the address of any page there.

    Raises:
        RejectedError: nothing in it looks like a server.
    """
    words = typed.strip()
    if "://" not in words:
        words = f"https://{words.rpartition('@')[2] if words.count('@') else words}"
    parts = urlsplit(words)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in parts.netloc:
        raise RejectedError(Message(NOT_AN_ADDRESS, {"typed": typed[:100]}), "server")
    host = parts.netloc.rpartition("@")[2].lower()
    kept: list[str] = []
    for piece in parts.path.split("/"):
        if piece.startswith("@") or piece in _PAGES:
            break
        kept += [piece] if piece else []
    return "/".join([f"{parts.scheme}://{host}", *kept])


class ServerSignIn(OAuth2):
    """The rights asked for are those the application was registered with."""

    def server_of(self, answers: Mapping[str, str]) -> str:
        return normalise_server(answers.get("server", ""))

    async def register(self, server: str, redirect: str, website: str, api: Api) -> OwnApp:
        try:
            return await make_known(server, redirect, website, SCOPES, api)
        except AnswerError as error:
            if error.response.status in {400, 422}:
                return await make_known(server, redirect, website, WIDE_SCOPES, api)
            raise _not_such(server) from error
        except NotSentError as error:
            raise NotSentError(Message(NO_SUCH_SERVER, {"server": server})) from error
        except (RejectedError, BlockedError) as error:
            raise _not_such(server) from error

    async def revoke(self, kept: Mapping[str, str], api: Api) -> None:
        """Of the access token: these servers let go of the refresh token with it."""
        await super().revoke({**kept, "refresh_token": ""}, api)


def _not_such(server: str) -> NotSentError:
    return NotSentError(Message(NOT_SUCH_A_SERVER, {"server": server}))


async def make_known(server: str, redirect: str, website: str, scopes: tuple[str, ...], api: Api) -> OwnApp:
    data = {"client_name": "Tesselle", "redirect_uris": redirect, "scopes": " ".join(scopes)}
    data |= {"website": website} if website else {}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}
    request = Request("POST", address(server, "/api/v1/apps"), headers, urlencode(data).encode())
    answer = (await api.call(request)).mapping()
    if not answer.get("client_id"):
        raise _not_such(server)
    return OwnApp(str(answer["client_id"]), str(answer.get("client_secret", "")), server, scopes)
