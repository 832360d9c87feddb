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
        lines = list(_looked_after(folder.path))
    ok = all(line.ok for line in lines)
    if options.json:
        print_json({"ok": ok, "lines": [asdict(line) for line in lines]})
    else:
        for line in lines:
            print(f"{'ok ' if line.ok else 'BAD'}  {line.sentence}")
    return 0 if ok else 1


def _looked_after(data: Path) -> Iterator[Line]:
    for look in LOOKS:
        yield from (lines := list(look(data)))
        if look is migrations and not all(line.ok for line in lines):
            return  # what follows asks the tables of this release


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
    from tesselle.ops.sealed import look

    lost = {name: tally.lost for name, tally in look().items() if tally.lost}
    told = ", ".join(f"{count} of {name}" for name, count in sorted(lost.items()))
    said = f"The keys do not open some secrets ({told}). Put the old keys.env back, or type them in again."
    yield Line(not lost, "keys", said if lost else "The keys open every saved secret.")


def media(_: Path) -> Iterator[Line]:
    from django.conf import settings

    from tesselle.library import storage

    wrong = storage.current().check()
    where = f"The bucket {settings.MEDIA_S3.bucket}" if settings.MEDIA_S3 else str(settings.MEDIA_ROOT)
    yield Line(not wrong, "media", wrong or f"{where} can be written.")


def disk(data: Path) -> Iterator[Line]:
    free = shutil.disk_usage(data).free // 1_000_000
    enough = free >= LEAST_FREE_MB
    cure = "." if enough else f"; {LEAST_FREE_MB} MB or more are needed. Free some space."
    yield Line(enough, "disk", f"{free} MB are free below {data}{cure}")


def machines(_: Path) -> Iterator[Line]:
    """Files in a folder of one machine cannot be seen from another."""
    from django.conf import settings

    hosts = _hosts_of_living_workers()
    if settings.MEDIA_S3 is not None or len(hosts) < 2:
        said = f"Workers run on {', '.join(hosts) or 'no machine'}; they share the media."
        yield Line(True, "machines", said)
        return
    yield Line(
        False,
        "machines",
        f"Workers run on {', '.join(hosts)}, but the media lie in a folder of each: a post planned on one would "
        "have no pictures on the other. Keep them in a bucket (TESSELLE_S3_BUCKET), or run one machine.",
    )


def reachability(_: Path) -> Iterator[Line]:
    """Only networks that fetch media themselves need our public address."""
    from asgiref.sync import async_to_sync
    from django.conf import settings

    from tesselle.channels.models import Channel
    from tesselle.connectors.registry import World, conversation
    from tesselle.library.reachability import Reached, reach
    from tesselle.networks import cards

    fetching = {card.slug: card.name for card in cards() if card.fetches_media}
    used = Channel.objects.filter(
        network__in=fetching, removed_at=None, workspace__world_kind="real"
    ).values_list("network", flat=True)
    names = sorted({fetching[slug] for slug in used})
    if not names:
        said = f"No connected network fetches media from {settings.PUBLIC_URL}: nothing to try."
        yield Line(True, "reachability", said)
        return

    async def ask() -> Reached:
        async with conversation(World("real")) as transport:
            return await reach(transport)

    reached = async_to_sync(ask)()
    yield Line(reached.ok, "reachability", f"{', '.join(names)}: {reached.message}")


def sending(_: Path) -> Iterator[Line]:
    from tesselle.ledger.models import installation

    row = installation()
    said = f"Sending is held ({row.held_reason}) until a person releases it in the pages."
    yield Line(not row.held, "held", said if row.held else "Sending is not held.")
    alive = len(_living_workers())
    told = f"Workers alive: {alive}." if alive else "No worker runs: nothing is sent. Start `tesselle up`."
    yield Line(alive > 0, "workers", told)


def _living_workers() -> list[int]:
    """The ids of those whose lock is held."""
    from django.db import connection

    from tesselle.ledger.hot.workers import LOCK_CLASS

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.objid::bigint FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
            " AND l.classid = %s::int::oid AND d.datname = current_database()",
            [LOCK_CLASS],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _hosts_of_living_workers() -> list[str]:
    from tesselle.ledger.models import Worker

    living = Worker.objects.filter(pk__in=_living_workers())
    return sorted(set(living.values_list("host", flat=True)))


LOOKS: tuple[Callable[[Path], Iterator[Line]], ...] = (
    database,
    media,
    disk,
    migrations,
    zones,
    keys,
    machines,
    reachability,
    sending,
)
