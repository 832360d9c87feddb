"""Everything under one supervisor: what `up` and `demo` share."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from tesselle.ops.aside import aside
from tesselle.ops.data_folder import DataFolder
from tesselle.ops.installation import load_django, take_environment
from tesselle.ops.postgres import EmbeddedPostgres
from tesselle.ops.supervisor import Child, Database, Forked, Supervisor


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        name = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"http://[{name}]:{self.port}" if ":" in name else f"http://{name}:{self.port}"


def start_everything(folder: DataFolder, address: Address, *, prepare: Callable[[DataFolder], None]) -> int:
    """Returns when it was stopped. `prepare` runs after the migrations, in a process of its own."""
    from tesselle.ops.web_server import listening

    folder.lock.acquire()
    listener = listening(address.host, address.port)
    bound = Address(address.host, listener.getsockname()[1])  # port 0 lets the system choose one
    os.environ.setdefault("PUBLIC_URL", bound.url)
    take_environment(folder)
    postgres = None if os.environ.get("DATABASE_URL") else EmbeddedPostgres(folder)
    try:
        if postgres is not None:
            os.environ["DATABASE_URL"] = postgres.start()
        load_django()
        _preload()
        if not aside(lambda: _prepared(folder, prepare)):
            return 1
        Supervisor(_children(folder, listener, postgres)).run()
    finally:
        listener.close()
        if postgres is not None:
            postgres.stop()
    return 0


def _preload() -> None:
    from tesselle.ops import worker_process  # noqa: F401 - imported for its effect
    from tesselle.ops.web_server import preload

    preload()


def _prepared(folder: DataFolder, prepare: Callable[[DataFolder], None]) -> None:
    from tesselle.ops.migrating import migrate
    from tesselle.plan.zones import follow_zone_data

    migrate(folder)
    follow_zone_data()
    prepare(folder)


def _children(folder: DataFolder, listener: socket.socket, postgres: EmbeddedPostgres | None) -> list[Child]:
    from tesselle.ops.web_server import page_servers
    from tesselle.ops.worker_process import work

    spools, backups = folder.subfolder("spool"), folder.subfolder("backups")
    children: list[Child] = [Database(postgres)] if postgres is not None else []
    children += page_servers(listener)
    children.append(Forked("worker", lambda: work(spools, backups)))
    return children
