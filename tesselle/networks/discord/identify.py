"""Connecting: the address itself is asked what it is. Nothing is posted."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from tesselle.connectors.dialects import incoming_webhook as hooks
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.discord.messages import USER_AGENT

INCOMING = 1
_PATH = re.compile(r"^(?P<before>.*)/api(?:/v\d+)?/webhooks/(?P<id>\d+)/(?P<token>[\w-]+)/?$")
_NOT_A_HOOK = N_(
    "This is not a webhook of Discord. Its address contains /api/webhooks/, a number and a long word."
)
_FOLLOWER = N_("This webhook follows another channel’s announcements and takes no messages. Make a new one.")


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    address = hooks.typed_address(answers)
    found = _PATH.match(urlsplit(address).path)
    if found is None:
        raise RejectedError(Message(_NOT_A_HOOK), "not_a_webhook")
    server = f"{hooks.origin(address)}{found['before']}"
    address = f"{server}/api/v10/webhooks/{found['id']}/{found['token']}"
    told = (await api.call(Request("GET", address, {"User-Agent": USER_AGENT}))).mapping()
    if told.get("type") != INCOMING:
        raise RejectedError(Message(_FOLLOWER), "not_incoming")
    guild, channel = str(told.get("guild_id") or ""), str(told.get("channel_id") or "")
    name = str(told.get("name") or found["id"])
    account = Account(
        kind="channel",
        remote_id=found["id"],
        handle=name,
        server=server,
        facts={"guild": guild, "channel": channel},
        credentials={hooks.ADDRESS: address},
    )
    profile = f"{server}/channels/{guild}/{channel}" if guild and channel else ""
    return Identity(account, display_name=name, profile_url=profile)
