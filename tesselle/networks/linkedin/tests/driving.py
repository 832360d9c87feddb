"""LinkedIn's own client (PyPI `linkedin-api-client`) in the hands of a page, against our sandbox."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from linkedin_api.clients.restli.client import RestliClient

from tesselle.connectors.sandbox.server import SandboxHouse
from tesselle.networks.linkedin import version

Act = Callable[["Hands"], Any]


@dataclass(slots=True)
class Hands:
    """The client, and who it speaks for."""

    client: RestliClient
    token: str
    author: str

    def do(self, method: str, path: str, **more: Any) -> Any:
        called = getattr(self.client, method)
        return called(resource_path=path, access_token=self.token, version_string=version.KNOWN, **more)

    def post(self, commentary: str, content: dict[str, Any] | None = None) -> Any:
        entity = {
            "author": self.author,
            "commentary": commentary,
            "visibility": "PUBLIC",
            "distribution": {"feedDistribution": "MAIN_FEED"},
            "lifecycleState": "PUBLISHED",
        }
        return self.do("create", "/posts", entity=entity | ({"content": content} if content else {}))

    def upload(self, data: bytes) -> str:
        begun = self.do(
            "action",
            "/images",
            action_name="initializeUpload",
            action_params={"initializeUploadRequest": {"owner": self.author}},
        ).value
        answer = requests.put(
            begun["uploadUrl"], data, headers={"Authorization": f"Bearer {self.token}"}, timeout=10
        )
        assert answer.status_code == 201
        return str(begun["image"])


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    token: str
    author: str

    async def act(self, act: Act) -> Any:
        """What `act` gets, in a thread: the client blocks."""

        def run() -> Any:
            hands = Hands(RestliClient(), self.token, self.author)
            try:
                return act(hands)
            finally:
                hands.client.session.close()

        return await asyncio.to_thread(run)
