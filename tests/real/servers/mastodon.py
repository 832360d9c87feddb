"""mastodon_mock: a Mastodon API server by somebody else, with two accounts and faults on demand."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.real.servers.process import answers, free_port, private_folder, running

CONFIGURATION = """\
[server]
host = "127.0.0.1"
port = {port}
[auth]
enforce_scopes = true
[[seed.accounts]]
username = "alice"
access_token = "alice_token"
role = "admin"
[[seed.accounts]]
username = "bob"
access_token = "bob_token"
"""


@dataclass(frozen=True, slots=True)
class MastodonAccount:
    username: str
    access_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MastodonMock:
    base_url: str
    pid: int
    alice: MastodonAccount
    bob: MastodonAccount

    def fail_next(self, method: str, path: str, effect: dict[str, object], *, times: int = 1) -> str:
        """Make the next calls go wrong; answers the fault's id.

        `effect` has a `type`: status (with `status`), ratelimit, latency, malformed or timeout.
        """
        # `count` is the limit: under any other name it is ignored, and the fault stays for ever.
        fault = {"match": {"methods": [method], "path": path}, "effect": effect, "count": times}
        made = httpx.post(f"{self.base_url}/api/v1/_mock/faults", json=fault, trust_env=False)
        return str(made.raise_for_status().json()["id"])

    def reset(self) -> None:
        """Forget all posts and faults; the two accounts are made anew."""
        httpx.post(f"{self.base_url}/api/v1/_mock/reset", trust_env=False).raise_for_status()


@contextlib.contextmanager
def running_mastodon_mock() -> Iterator[MastodonMock]:
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    with private_folder("mastodon") as folder:
        configuration = folder / "mock.toml"
        configuration.write_text(CONFIGURATION.format(port=port))
        command = [
            str(Path(sys.executable).with_name("mastodon_mock")),
            "serve",
            "--config",
            str(configuration),
        ]
        command += ["--in-memory", "--log-level", "warning"]
        ready = answers(f"{base_url}/api/v2/instance")
        with running(command, log=folder / "log", ready=ready) as process:
            alice, bob = MastodonAccount("alice", "alice_token"), MastodonAccount("bob", "bob_token")
            yield MastodonMock(base_url, process.pid, alice, bob)
