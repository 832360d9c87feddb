"""Ghost itself on SQLite: a new site with its owner, and an integration whose admin key we are given."""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from tests.real.servers.installation import cached
from tests.real.servers.process import answers, free_port, private_folder, running


@dataclass(frozen=True, slots=True)
class Ghost:
    """`admin_key` is what the site shows under Settings, Integrations: `id:secret`."""

    base_url: str
    pid: int
    admin_key: str = field(repr=False)


@contextlib.contextmanager
def running_ghost() -> Iterator[Ghost]:
    node, package, port = cached("node/wheel/bin/node"), cached("ghost/package"), free_port()
    base_url = f"http://127.0.0.1:{port}"
    with private_folder("ghost") as folder:
        shutil.copytree(package / "content", folder / "content")
        env = {
            "NODE_ENV": "production",
            "TMPDIR": str(folder),
            "url": base_url,
            "server__host": "127.0.0.1",
            "server__port": str(port),
            "database__client": "sqlite3",
            "database__connection__filename": str(folder / "ghost.db"),
            "database__useNullAsDefault": "true",
            "mail__transport": "stub",
            "paths__contentPath": str(folder / "content"),
            "security__staffDeviceVerification": "false",
            # Nobody outside is asked or told anything.
            "privacy__useUpdateCheck": "false",
            "privacy__useGravatar": "false",
            "privacy__useRpcPing": "false",
            "privacy__useStructuredData": "false",
        }
        # While it starts it answers 503 to everything.
        ready = answers(f"{base_url}/ghost/api/admin/site/")
        command = [str(node), "index.js"]
        # It reads its own version from the folder it is started in.
        with running(
            command, log=folder / "log", ready=ready, seconds=120.0, env=env, cwd=package
        ) as process:
            yield Ghost(base_url, process.pid, _admin_key(base_url))


def _admin_key(base_url: str) -> str:
    """As a person would: make the owner, sign in, add an integration, copy its admin key."""
    headers = {"Origin": base_url}
    with httpx.Client(
        base_url=f"{base_url}/ghost/api/admin/", headers=headers, timeout=30.0, trust_env=False
    ) as site:
        password = secrets.token_urlsafe(16)
        owner = {"name": "Camille", "email": "camille@mail.example", "password": password}
        setup = {"setup": [{**owner, "blogTitle": "Carnet de chantier"}]}
        site.post("authentication/setup/", json=setup).raise_for_status()
        site.post("session/", json={"username": owner["email"], "password": password}).raise_for_status()
        made = site.post(
            "integrations/?include=api_keys", json={"integrations": [{"name": "Tesselle"}]}
        ).raise_for_status()
    keys = made.json()["integrations"][0]["api_keys"]
    return next(key["secret"] for key in keys if key["type"] == "admin")
