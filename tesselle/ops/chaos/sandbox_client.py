"""The driver's side of the sandboxes' admin doors."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit


class SandboxClient:
    def __init__(self, base: str) -> None:
        self._netloc = urlsplit(base).netloc

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        connection = HTTPConnection(self._netloc, timeout=60)
        try:
            target = f"/_sandbox/{path}" + (f"?{urlencode(query)}" if query else "")
            connection.request(method, target, None if body is None else json.dumps(body))
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
            return json.loads(text)
        finally:
            connection.close()

    def open_account(self, network: str, handle: str, options: dict[str, Any]) -> dict[str, Any]:
        account: dict[str, Any] = self.ask(
            "POST", "accounts", {"network": network, "handle": handle, "options": options}
        )
        return account

    def fired(self) -> dict[str, int]:
        """All networks' faults by name; names are unique."""
        by_network: dict[str, dict[str, int]] = self.ask("GET", "fired")
        return {name: times for fired in by_network.values() for name, times in fired.items()}

    def late_work(self) -> int:
        return sum(self.ask("GET", "late").values())

    def truth(self, network: str) -> list[dict[str, Any]]:
        posts: list[dict[str, Any]] = self.ask("GET", "truth", network=network)
        return posts
