"""One workspace out of an installation, and into a clean one of the same release."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

import tesselle
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.ledger.models import Delivery
from tesselle.ledger.services.deciding import hold
from tesselle.library import storage
from tesselle.library.bench import workbench
from tesselle.library.selectors import files_of
from tesselle.ops.backups.archive import ArchiveWriter, read_member, unpack_tree
from tesselle.ops.backups.workspace_rows import rows_of
from tesselle.ops.errors import BackupError
from tesselle.workspaces.models import Role, User, Workspace

ROWS = "rows.jsonl"
BATCH = 1000

# What means something only here: sign-ins are sealed with this installation's keys, workers are its own.
LEFT_BEHIND: dict[str, dict[str, Any]] = {
    # The scenario of a guided project is played in a workspace of its own.
    "academy.guidedproject": {"workspace": None},
    "channels.channel": {
        "sealed_credentials": "",
        "sealed_session": "",
        "blocked_reason": BlockReason.SIGN_IN.value,
    },
    "measure.visitsource": {"sealed_token": "", "next_at": None},
    # Who looks after the other installation is decided there.
    "workspaces.user": {"is_staff": False},
    "ledger.delivery": {"worker_id": None, "token": None},
    "ledger.attempt": {"worker_id": None, "token": None},
    "library.rendition": {"token": None, "lease_until": None},
}


@transaction.atomic
def export_workspace(pk: int, path: Path) -> None:
    """Raises BackupError: no such workspace, or something of it is leaving just now."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    workspace = Workspace.objects.filter(pk=pk).first()
    if workspace is None:
        known = ", ".join(f"{found.pk} ({found})" for found in Workspace.objects.order_by("pk"))
        sentence = N_("There is no workspace %(id)d; there are: %(known)s.")
        raise BackupError(Message(sentence, {"id": pk, "known": known or "-"}))
    if Delivery.objects.filter(workspace=workspace, state="sending").exists():
        raise BackupError(N_("Something of this workspace is being sent just now. Try again in a minute."))
    facts = {
        "kind": "workspace",
        "version": tesselle.__version__,
        "tables": _tables(),
        "workspace": workspace.name,
    }
    with ArchiveWriter(path, facts) as archive:
        archive.add_bytes(ROWS, "".join(_lines(workspace)).encode())
        store = storage.current()
        for name in dict.fromkeys(files_of(workspace)):
            with suppress(FileNotFoundError):  # a thumbnail of an older release
                archive.add_file(f"media/{name}", store.local(name))


def import_workspace(path: Path, manifest: dict[str, Any]) -> int:
    """How many rows came in; sending is held. Call it with a verified manifest.

    Raises:
        BackupError: this installation is not clean, or of another release; nothing was changed.
    """
    if manifest["version"] != tesselle.__version__ or manifest["tables"] != _tables():
        sentence = N_("%(path)s was written by Tesselle %(theirs)s; this is %(ours)s. Use the same release.")
        params = {"path": str(path), "theirs": manifest["version"], "ours": tesselle.__version__}
        raise BackupError(Message(sentence, params))
    if Workspace.objects.exists() or User.objects.exists():
        raise BackupError(N_("There are people or workspaces here already; a clean installation is needed."))
    with workbench() as bench:
        unpack_tree(path, "media", Path(bench))
        for file in sorted(Path(bench).rglob("*")):
            if file.is_file():
                storage.current().put(file.relative_to(bench).as_posix(), file)
    return _take_in(read_member(path, ROWS).decode())


@transaction.atomic
def _take_in(lines: str) -> int:
    rows = (found.object for found in serializers.deserialize("jsonl", lines))
    touched: set[type[Model]] = set()
    count = 0
    while some := list(islice(rows, BATCH)):
        for model, group in _by_model(some).items():
            model._default_manager.bulk_create(group)
            touched.add(model)
            count += len(group)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(touched)):
            cursor.execute(statement)
    # Somebody has to look after this one.
    User.objects.filter(memberships__role=Role.OWNER).update(is_staff=True)
    hold("imported")
    return count


def _by_model(rows: Iterable[Model]) -> dict[type[Model], list[Model]]:
    groups: dict[type[Model], list[Model]] = {}
    for row in rows:
        groups.setdefault(type(row), []).append(row)
    return groups


def _lines(workspace: Workspace) -> Iterator[str]:
    people = set(User.objects.filter(memberships__workspace=workspace).values_list("pk", flat=True))
    for rows in rows_of(workspace):
        if not rows.exists():
            continue
        user_fields = [field.name for field in rows.model._meta.fields if field.related_model is User]
        for line in serializers.serialize("jsonl", rows.iterator(BATCH)).splitlines():
            row = json.loads(line)
            row["fields"].update(LEFT_BEHIND.get(row["model"], {}))
            for name in user_fields:
                # Somebody who left the workspace stays behind; the journal keeps the name.
                if row["fields"][name] not in people:
                    row["fields"][name] = None
            yield json.dumps(row, ensure_ascii=False) + "\n"


def _tables() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
