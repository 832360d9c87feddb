import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.errors import AlreadyRunningError, DatabaseNotRunningError
from tesselle.ops.postgres import EmbeddedPostgres
from tesselle.ops.postgres.account import server_account
from tesselle.ops.tests.people import Tell
from tesselle.ops.tests.sessions import answer, embedded, notes, write


def start_and_stay(path: Path) -> Callable[[Tell], None]:
    def act(tell: Tell) -> None:
        tell(embedded(path).start())
        signal.pause()

    return act


def test_a_second_start_on_the_same_folder_is_refused_with_the_first_ones_pid(person, data):
    first = person.begin(start_and_stay(data))
    dsn = first.line()

    def act():
        with pytest.raises(AlreadyRunningError) as refusal:
            embedded(data).start()
        assert refusal.value.holder == first.pid
        assert f"(process {first.pid})" in str(refusal.value)
        assert "TESSELLE_DATA" in str(refusal.value)
        assert answer(dsn, "SELECT 1") == 1

    person.do(act)
    first.kill()


def test_others_attach_to_the_server_that_runs(person, data):
    first = person.begin(start_and_stay(data))
    dsn = first.line()

    def act():
        beside = embedded(data)
        assert beside.is_running()
        assert beside.attach() == dsn
        assert answer(beside.attach(), "SELECT 1") == 1

    person.do(act)
    first.kill()


def test_attaching_to_a_folder_without_a_server_says_how_to_start_it(person, place):
    def act():
        with pytest.raises(DatabaseNotRunningError, match="tesselle up"):
            embedded(place / "data").attach()
        server = embedded(place / "data")
        server.start()
        server.stop()
        with pytest.raises(DatabaseNotRunningError, match="tesselle up"):
            embedded(place / "data").attach()

    person.do(act)


def test_the_folder_is_free_again_after_a_stop(person, data):
    def act():
        server = embedded(data)
        server.start()
        server.stop()
        other = embedded(data)
        other.start()
        other.stop()

    person.do(act)


def test_a_start_that_failed_frees_the_folder(person, data):
    def act():
        server = embedded(data)
        server.start()
        server.stop()
        version = data / "postgres" / "cluster" / "PG_VERSION"
        version.write_text("17\n")
        with pytest.raises(Exception, match="written by PostgreSQL 17"):
            embedded(data).start()
        version.write_text("18\n")
        again = embedded(data)
        again.start()
        again.stop()

    person.do(act)


def test_an_orphaned_server_is_ended_before_the_new_one_starts(person, data):
    def act():
        folder = DataFolder.open(data)
        orphan = EmbeddedPostgres(folder, durable=False)
        write(orphan.start(), "kept")
        orphan_pid = orphan.own_pid
        folder.lock.release()
        server = embedded(data)
        assert notes(server.start()) == ["kept"]
        assert server.own_pid != orphan_pid
        assert orphan.own_pid is None
        server.stop()

    person.do(act)


def test_a_pid_file_whose_number_lives_on_in_another_process_stops_nothing(person, data):
    def act():
        server = embedded(data)
        write(server.start(), "kept")
        pid_file = data / "postgres" / "cluster" / "postmaster.pid"
        left = pid_file.read_text().splitlines()
        server.stop()
        # As in a container that starts again: the same small numbers for other programs. PostgreSQL itself
        # sees through its own parent and other users' processes, not through another one of its user.
        other = subprocess.Popen(["sleep", "600"], preexec_fn=server_account().entering())
        pid_file.write_text("\n".join([str(other.pid), *left[1:]]) + "\n")
        again = embedded(data)
        assert not again.is_running()
        assert notes(again.start()) == ["kept"]
        assert other.poll() is None
        again.stop()
        other.kill()
        other.wait()

    person.do(act)
