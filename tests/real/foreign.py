"""Clients of others, each in an environment of its own that `make sdks` makes: one act, told and answered as JSON."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tesselle.connectors.sandbox.contract import Sandbox, SandboxAccount
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.simulation.faults import Effect, Fault

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0


async def act(client: str, name: str, /, **told: Any) -> Any:
    """What one act of `sdks/drive_CLIENT.py` gives, in a process of its own."""
    python = ROOT / f".venv/sdks/{client}/bin/python"
    assert python.is_file(), f"the client of {client} is not installed: run `make sdks`"
    process = await asyncio.create_subprocess_exec(
        *(str(python), str(Path(__file__).parent / f"sdks/drive_{client}.py")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await asyncio.wait_for(
        process.communicate(json.dumps({"act": name, **told}).encode()), SECONDS
    )
    assert process.returncode == 0, errors.decode()[-3000:]
    return json.loads(out.splitlines()[-1])


@dataclass(slots=True)
class Driven:
    """A sandbox over loopback, with an account on it."""

    slug: str
    house: SandboxHouse
    opened: SandboxAccount

    @property
    def network(self) -> Any:
        return self.house.served[self.slug].network

    async def do(self, name: str, /, **told: Any) -> Any:
        return await act(
            self.slug, name, server=f"{self.house.base}/{self.slug}", **{**self.opened.answers, **told}
        )

    def fault(self, operation: str, effect: Effect) -> None:
        self.house.served[self.slug].script.add(Fault(operation, effect))

    async def public(self) -> list[Any]:
        """What is there and public, oldest first."""
        return [post for post in await self.network.truth() if not post.draft and not post.removed]


@asynccontextmanager
async def driven(sandbox: Sandbox, handle: str = "carrelage", **options: Any) -> AsyncIterator[Driven]:
    async with serving([sandbox]) as house:
        network, base = house.served[sandbox.slug].network, f"{house.base}/{sandbox.slug}"
        opened = await sandbox.open_account(network, base, handle, "Carrelage Dubois", **options)
        yield Driven(sandbox.slug, house, opened)
