"""The networks of a journey: real servers where there are some, else a sandbox that is served like one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.browser.house import clean_environment
from tests.browser.waiting import wait_until
from tests.real.servers.process import answers, free_port, private_folder, running


@dataclass(frozen=True, slots=True)
class TelegramChannel:
    """A channel with its bot in our sandbox, behind the address of a Bot API server of one's own."""

    base_url: str
    answers: dict[str, str]

    def posts(self) -> list[dict[str, Any]]:
        found = httpx.get(f"{self.base_url}/_sandbox/truth", params={"network": "telegram"}, trust_env=False)
        posts: list[dict[str, Any]] = found.raise_for_status().json()
        return posts


@contextmanager
def running_telegram(handle: str, name: str) -> Iterator[TelegramChannel]:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tesselle", "sandbox", "serve", "--network", "telegram"]
    with private_folder("telegram") as folder:
        ready = answers(f"{base}/_sandbox/counts")
        with running(
            [*command, "--port", str(port)], log=folder / "log", ready=ready, env=clean_environment()
        ):
            wanted = {"network": "telegram", "handle": handle, "name": name}
            made = httpx.post(f"{base}/_sandbox/accounts", json=wanted, trust_env=False)
            yield TelegramChannel(base, made.raise_for_status().json()["answers"])


def eventually(ask: Any, what: str) -> Any:
    """The first answer that is not empty."""
    found: list[Any] = []

    def asked() -> bool:
        answer = ask()
        if answer:
            found.append(answer)
        return bool(answer)

    wait_until(asked, what)
    return found[0]
