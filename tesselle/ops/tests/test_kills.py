import os
import signal
from collections.abc import Callable
from pathlib import Path

from tesselle.ops.postgres.processes import server_processes
from tesselle.ops.tests.people import Person, Tell, wait_until_gone
from tesselle.ops.tests.sessions import embedded, notes, write


def write_and_stay(path: Path) -> Callable[[Tell], None]:
    def act(tell: Tell) -> None:
        server = embedded(path, durable=True)
        write(server.start(), "kept")
        tell(str(server.own_pid))
        signal.pause()

    return act


def data_are_intact(person: Person, path: Path) -> None:
    def act() -> None:
        server = embedded(path, durable=True)
        assert notes(server.start()) == ["kept"]
        server.stop()

    person.do(act)


def all_of(path: Path) -> list[int]:
    cluster = path / "postgres" / "cluster"
    return server_processes(cluster, cluster.stat().st_uid)


def test_kill_9_of_the_starter_ends_the_server_and_the_data_are_intact(person, data):
    starter = person.begin(write_and_stay(data))
    postmaster = int(starter.line())

    starter.kill(signal.SIGKILL)
    wait_until_gone(postmaster)

    data_are_intact(person, data)


def test_a_start_right_after_kill_9_waits_for_what_is_leaving(person, data):
    starter = person.begin(write_and_stay(data))
    starter.line()

    starter.kill(signal.SIGKILL)

    data_are_intact(person, data)


def test_kill_9_of_the_postmaster_alone_loses_nothing(person, data):
    starter = person.begin(write_and_stay(data))
    postmaster = int(starter.line())

    os.kill(postmaster, signal.SIGKILL)
    starter.kill(signal.SIGKILL)

    data_are_intact(person, data)


def test_kill_9_of_everything_at_once_loses_nothing(person, data):
    starter = person.begin(write_and_stay(data))
    parents = [starter.pid, int(starter.line())]

    # Stopped first, so that none notices another's end and leaves in good order; the parents before
    # their children, so that none of these comes, or is reaped, while we look.
    for pid in parents:
        os.kill(pid, signal.SIGSTOP)
    children = [pid for pid in all_of(data) if pid not in parents]
    for pid in children:
        os.kill(pid, signal.SIGSTOP)
    for pid in (*parents, *children):
        os.kill(pid, signal.SIGKILL)
    starter.wait()

    data_are_intact(person, data)


def test_after_a_stop_no_process_of_the_server_is_left(person, data):
    def act():
        server = embedded(data)
        server.start()
        assert len(all_of(data)) > 1
        server.stop()
        assert all_of(data) == []

    person.do(act)
