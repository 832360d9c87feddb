"""`tesselle doctor`: each thing that can be wrong, one sentence each; 1 when something is."""

import argparse
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tesselle.ops.cli import print_json
from tesselle.ops.installation import opened

OLDEST_POSTGRESQL = 150000
LEAST_FREE_MB = 500


@dataclass(frozen=True, slots=True)
class Line:
    ok: bool
    name: str
    sentence: str


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(options: argparse.Namespace) -> int:
    with opened() as folder:
        lines = [line for look in LOOKS for line in look(folder.path)]
    ok = all(line.ok for line in lines)
    if options.json:
        print_json({"ok": ok, "lines": [asdict(line) for line in lines]})
    else:
        for line in lines:
            print(f"{'ok ' if line.ok else 'BAD'}  {line.sentence}")
    return 0 if ok else 1


def _setting(name: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def database(_: Path) -> Iterator[Line]:
    version = int(_setting("server_version_num"))
    new_enough = version >= OLDEST_POSTGRESQL
    said = f"The database is PostgreSQL {version // 10000}.{version % 10000}"
    yield Line(new_enough, "postgresql", f"{said}." if new_enough else f"{said}; 15 or newer is needed.")
    for name in ("fsync", "synchronous_commit"):
        value = _setting(name)
        safe = value != "off"
        cure = "." if safe else ": a power cut could send a post twice. Switch it on."
        yield Line(safe, name, f"{name} is {value}{cure}")


def migrations(_: Path) -> Iterator[Line]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    said = "The tables are those of this release."
    yield Line(not left, "tables", f"{left} migrations wait: start `tesselle up`." if left else said)


def zones(_: Path) -> Iterator[Line]:
    from tesselle.domain.local_time import zone_data_version
    from tesselle.ledger.models import installation

    ours, kept = zone_data_version(), installation().zone_data
    if kept in ("", ours):
        yield Line(True, "zone_data", f"Time zones are those of {ours}.")
    else:
        said = (
            f"Plans were made with the time zones of {kept}, this release brings {ours}: start `tesselle up`."
        )
        yield Line(False, "zone_data", said)


def keys(_: Path) -> Iterator[Line]:
    from tesselle.ops.backups.reading import sealed_for_others

    lost = sealed_for_others()
    said = f"The keys do not open the sign-in of {lost} channels. Put keys.env back, or connect them again."
    yield Line(not lost, "keys", said if lost else "The keys open every saved sign-in.")


def folders(data: Path) -> Iterator[Line]:
    from django.conf import settings

    media = Path(settings.MEDIA_ROOT)
    try:
        media.mkdir(parents=True, mode=0o700, exist_ok=True)
        probe = media / ".doctor"
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as error:
        yield Line(False, "media", f"{media} cannot be written ({error.strerror}).")
    else:
        yield Line(True, "media", f"{media} can be written.")
    free = shutil.disk_usage(data).free // 1_000_000
    enough = free >= LEAST_FREE_MB
    cure = "." if enough else f"; {LEAST_FREE_MB} MB or more are needed. Free some space."
    yield Line(enough, "disk", f"{free} MB are free below {data}{cure}")


def sending(_: Path) -> Iterator[Line]:
    from django.db import connection

    from tesselle.ledger.hot.workers import LOCK_CLASS
    from tesselle.ledger.models import installation

    row = installation()
    said = f"Sending is held ({row.held_reason}) until a person releases it in the pages."
    yield Line(not row.held, "held", said if row.held else "Sending is not held.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
            " AND l.classid = %s::int::oid AND d.datname = current_database()",
            [LOCK_CLASS],
        )
        alive = cursor.fetchone()[0]
    told = f"Workers alive: {alive}." if alive else "No worker runs: nothing is sent. Start `tesselle up`."
    yield Line(alive > 0, "workers", told)


LOOKS: tuple[Callable[[Path], Iterator[Line]], ...] = (
    database,
    migrations,
    zones,
    keys,
    folders,
    sending,
)
