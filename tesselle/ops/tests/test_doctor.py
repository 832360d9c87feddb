"""Two machines may share an installation only where they share the media too."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tesselle.channels.models import Channel
from tesselle.ledger.hot.workers import LOCK_CLASS
from tesselle.ledger.models import Worker
from tesselle.library.bucket import S3Settings
from tesselle.networks import cards
from tesselle.ops.commands import doctor
from tesselle.workspaces.models import Workspace

Hire = Callable[[str], Worker]


@pytest.fixture
def hire(db: None) -> Iterator[Hire]:
    """A worker that is alive: its lock is held, here by this very session."""
    hired: list[Worker] = []

    def one(host: str) -> Worker:
        worker = Worker.objects.create(host=host, pid=1, backend_pid=1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_CLASS, worker.pk])
        hired.append(worker)
        return worker

    yield one
    with connection.cursor() as cursor:
        for worker in hired:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, worker.pk])


def test_two_machines_with_a_folder_each_are_refused(hire: Hire) -> None:
    hire("atelier")
    hire("bureau")

    (line,) = doctor.machines(Path())

    assert not line.ok
    assert "atelier, bureau" in line.sentence and "TESSELLE_S3_BUCKET" in line.sentence


def test_two_machines_with_one_bucket_are_fine(hire: Hire, settings: Settings) -> None:
    settings.MEDIA_S3 = S3Settings("media", "key", "secret")
    hire("atelier")
    hire("bureau")

    (line,) = doctor.machines(Path())

    assert line.ok


def test_two_workers_of_one_machine_and_a_dead_one_elsewhere_are_fine(hire: Hire) -> None:
    hire("atelier")
    hire("atelier")
    Worker.objects.create(host="long ago", pid=1, backend_pid=1)

    (line,) = doctor.machines(Path())

    assert line.ok


def test_nothing_is_tried_while_no_network_fetches_media(db: None) -> None:
    (line,) = doctor.reachability(Path())

    assert line.ok and "nothing to try" in line.sentence


def test_an_address_of_this_building_is_named_once_a_network_needs_it(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path, db: None
) -> None:
    fetching = replace(cards()[0], fetches_media=frozenset({"image"}))
    monkeypatch.setattr("tesselle.networks.cards", lambda: (fetching,))
    settings.MEDIA_ROOT, settings.PUBLIC_URL = tmp_path, "http://127.0.0.1:9"
    workspace = Workspace.objects.create(name="Carreaux", world_kind=Workspace.WorldKind.REAL)
    Channel.objects.create(workspace=workspace, network=fetching.slug, remote_id="1", handle="carreaux")

    (line,) = doctor.reachability(Path())

    assert not line.ok
    assert fetching.name in line.sentence and "private network" in line.sentence
