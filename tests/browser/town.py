"""An installation with four networks around it: real servers where there are some, else a sandbox served like one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.browser.house import House, data_folder, living
from tests.browser.journey import connect
from tests.browser.servers import TelegramChannel, running_telegram
from tests.browser.visit import Visit
from tests.real.servers.mastodon import MastodonMock, running_mastodon_mock
from tests.real.servers.pds import Pds, PdsAccount, running_pds
from tests.real.servers.wordpress import WordPress, running_wordpress


@dataclass(frozen=True, slots=True)
class Town:
    """Everything that a journey meets."""

    house: House
    pds: Pds
    person: PdsAccount
    wordpress: WordPress
    mastodon: MastodonMock
    telegram: TelegramChannel

    def connect_everything(self, alice: Visit) -> None:
        person, editor = self.person, self.wordpress.editor
        connect(
            alice,
            "bluesky",
            server=self.pds.base_url,
            handle=person.handle,
            app_password=person.app_password,
        )
        connect(
            alice,
            "wordpress",
            server=self.wordpress.base_url,
            username=editor.login,
            password=editor.app_password,
        )
        token = self.mastodon.alice.access_token
        connect(alice, "mastodon", server=self.mastodon.base_url, access_token=token)
        connect(alice, "telegram", **self.telegram.answers)

    def bluesky_records(self) -> list[dict[str, Any]]:
        """The newest first."""
        wanted = {"repo": self.person.did, "collection": "app.bsky.feed.post"}
        url = f"{self.pds.base_url}/xrpc/com.atproto.repo.listRecords"
        records = httpx.get(url, params=wanted, trust_env=False).raise_for_status().json()["records"]
        return [one["value"] for one in records]

    def bluesky_file(self, blob: dict[str, Any]) -> bytes:
        """As the server hands it to everybody."""
        wanted = {"did": self.person.did, "cid": blob["ref"]["$link"]}
        url = f"{self.pds.base_url}/xrpc/com.atproto.sync.getBlob"
        return httpx.get(url, params=wanted, trust_env=False, timeout=60).raise_for_status().content

    def ask_wordpress(self, path: str) -> Any:
        url = f"{self.wordpress.base_url}/wp-json/wp/v2/{path}"
        return httpx.get(url, timeout=60, trust_env=False).raise_for_status().json()

    def wordpress_posts(self) -> list[dict[str, Any]]:
        # A fresh site greets the world.
        return [one for one in self.ask_wordpress("posts") if one["slug"] != "hello-world"]


@contextmanager
def running_town() -> Iterator[Town]:
    with ExitStack() as running:
        pds = running.enter_context(running_pds())
        wordpress = running.enter_context(running_wordpress())
        mastodon = running.enter_context(running_mastodon_mock())
        telegram = running.enter_context(running_telegram("carreaux", "Carreaux du Lac"))
        data = running.enter_context(data_folder())
        nearby = {"TESSELLE_ALLOW_PRIVATE": "127.0.0.1,localhost,127.0.0.0/8,::1"}
        house = running.enter_context(living("up", data, nearby))
        yield Town(house, pds, pds.create_account("carreaux"), wordpress, mastodon, telegram)
