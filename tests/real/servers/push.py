"""A push service with browsers (npm `web-push-testing`): it proves who wrote, and decrypts as a browser does.

Its key schedule is the reference one (npm `http_ece`), its proof of signatures npm `jsonwebtoken`.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from tests.real.servers.installation import PEERS, cached
from tests.real.servers.process import free_port, private_folder, running


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser that said yes."""

    endpoint: str
    p256dh: str
    auth: str
    client: str

    @property
    def address(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}


@dataclass(frozen=True, slots=True)
class PushService:
    origin: str

    def subscribe(self, public_key: str) -> Subscription:
        """`public_key`: of the one who may write to it (VAPID)."""
        asked = {"userVisibleOnly": "true", "applicationServerKey": public_key}
        told = self._post("/subscribe", asked)["data"]
        keys = told["keys"]
        return Subscription(told["endpoint"], keys["p256dh"], keys["auth"], told["clientHash"])

    def shown_to(self, browser: Subscription) -> list[str]:
        """What it could read, in the order it came."""
        told = self._post("/get-notifications", {"clientHash": browser.client})
        shown: list[str] = told["data"]["messages"]
        return shown

    def take_back(self, browser: Subscription) -> None:
        """Whoever owns the browser withdrew the permission."""
        self._post(f"/expire-subscription/{browser.client}", None)

    def _post(self, path: str, said: object) -> Any:
        with httpx.Client(trust_env=False, timeout=30.0) as client:
            answer = client.post(self.origin + path, json=said)
        answer.raise_for_status()
        return answer.json() if "json" in answer.headers.get("content-type", "") else {}


@contextlib.contextmanager
def running_push_service() -> Iterator[PushService]:
    node, port = cached("node/wheel/bin/node"), free_port()
    service = PushService(f"http://127.0.0.1:{port}")
    env = {"TESSELLE_REAL_PEERS": str(cached("peers")), "TESSELLE_REAL_PUSH_PORT": str(port)}
    with private_folder("push") as folder:
        command = [str(node), str(PEERS / "push.mjs")]
        with running(command, log=folder / "log", ready=lambda: _is_up(service), env=env):
            yield service


def _is_up(service: PushService) -> bool:
    """Its own address for that takes POST alone."""
    with contextlib.suppress(httpx.TransportError):
        return httpx.post(f"{service.origin}/status", trust_env=False).status_code == 200
    return False
