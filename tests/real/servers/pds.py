"""The reference AT Protocol server (Bluesky's), with its identity directory: an empty network at every start."""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from tests.real.servers.installation import PEERS, cached
from tests.real.servers.process import answers, free_port, private_folder, running


@dataclass(frozen=True, slots=True)
class PdsAccount:
    did: str
    handle: str
    password: str = field(repr=False)
    app_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pds:
    base_url: str
    plc_url: str
    pid: int

    def create_account(self, name: str) -> PdsAccount:
        """A new account `<name>.test` with an app password, as a user would make one in the settings."""
        handle, password = f"{name}.test", secrets.token_urlsafe(12)
        new = {"handle": handle, "email": f"{name}@mail.example", "password": password}
        with httpx.Client(base_url=f"{self.base_url}/xrpc/", timeout=30.0, trust_env=False) as client:
            session = client.post("com.atproto.server.createAccount", json=new).raise_for_status().json()
            app = client.post(
                "com.atproto.server.createAppPassword",
                json={"name": "tesselle"},
                headers={"Authorization": f"Bearer {session['accessJwt']}"},
            )
        return PdsAccount(session["did"], handle, password, app.raise_for_status().json()["password"])


@contextlib.contextmanager
def running_pds() -> Iterator[Pds]:
    node = cached("node/wheel/bin/node")
    pds_port, plc_port = free_port(), free_port()
    base_url = f"http://localhost:{pds_port}"
    with private_folder("pds") as folder:
        env = {
            "LOG_ENABLED": "0",
            "TMPDIR": str(folder),
            "TESSELLE_REAL_PEERS": str(cached("peers")),
            "TESSELLE_REAL_PDS_PORT": str(pds_port),
            "TESSELLE_REAL_PLC_PORT": str(plc_port),
        }
        ready = answers(f"{base_url}/xrpc/_health")
        # Loading its modules takes 5 s, half a minute on a busy machine.
        command = [str(node), str(PEERS / "pds.mjs")]
        with running(command, log=folder / "log", ready=ready, seconds=120.0, env=env) as process:
            yield Pds(base_url, f"http://localhost:{plc_port}", process.pid)
