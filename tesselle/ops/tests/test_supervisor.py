"""The children tell their pid through the pipe of the process that runs the supervisor."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tesselle.ops.supervisor import Child, Command, Database, Forked, Supervisor, tree_pss
from tesselle.ops.supervisor.backoff import Backoff
from tesselle.ops.tests.people import EVERYBODY, Person, Process, Tell, wait_until_gone
from tesselle.ops.tests.sessions import embedded, notes, write

OURSELVES = EVERYBODY[0]


def stays(tell: Tell, name: str) -> Forked:
    """A child that tells its pid and stays until a signal ends it."""

    def run() -> None:
        tell(f"{name} {os.getpid()}")
        while True:
            signal.pause()

    return Forked(name, run)


def begin(
    *make_children: Callable[[Tell], Child], stop_seconds: float = 20.0, person: Person = OURSELVES
) -> Process:
    def act(tell: Tell) -> None:
        Supervisor([make(tell) for make in make_children], stop_seconds=stop_seconds).run()
        tell("over")

    return person.begin(act)


def news(process: Process) -> tuple[str, int]:
    name, _, pid = process.line().partition(" ")
    return name, int(pid)


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_child_that_is_killed_comes_back():
    process = begin(lambda tell: stays(tell, "web"), lambda tell: stays(tell, "worker"))
    first = dict([news(process), news(process)])

    os.kill(first["web"], signal.SIGKILL)
    name, pid = news(process)

    assert name == "web" and pid != first["web"]
    assert is_alive(first["worker"])
    process.kill(signal.SIGTERM)


def test_a_child_that_fails_or_ends_by_itself_comes_back_too(capfd):
    def fails(tell):
        def run():
            tell(f"web {os.getpid()}")
            raise ValueError("the reason")

        return Forked("web", run)

    def ends(tell):
        return Forked("worker", lambda: tell(f"worker {os.getpid()}"))

    process = begin(fails, ends)

    seen = Counter[str]()
    while seen["web"] < 2 or seen["worker"] < 2:
        seen[news(process)[0]] += 1

    process.kill(signal.SIGTERM)
    assert "ValueError: the reason" in capfd.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_whole_tree_in_good_order(number):
    def leaves_politely(tell):
        def run():
            def say_goodbye(*_):
                tell("goodbye")
                sys.exit(0)

            signal.signal(signal.SIGTERM, say_goodbye)
            tell(f"web {os.getpid()}")
            while True:
                signal.pause()

        # Whoever runs the tests in the background may ignore it, and children inherit that.
        signal.signal(number, signal.SIG_DFL)
        return Forked("web", run)

    process = begin(leaves_politely)
    _, child = news(process)

    os.kill(process.pid, number)

    assert [process.line(), process.line()] == ["goodbye", "over"]
    assert process.wait() == 0
    assert not is_alive(child)


def test_what_does_not_end_in_time_is_killed_and_nobody_else():
    def stubborn(tell):
        def run():
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            tell(f"stubborn {os.getpid()}")
            while True:
                signal.pause()

        return Forked("stubborn", run)

    stranger = OURSELVES.begin(lambda tell: signal.pause())
    process = begin(stubborn, stop_seconds=0.3)
    _, child = news(process)

    assert process.kill(signal.SIGTERM) == 0

    assert not is_alive(child)
    assert is_alive(stranger.pid)
    stranger.kill()


def test_kill_9_of_the_supervisor_ends_the_tree(person):
    process = begin(lambda tell: stays(tell, "web"), lambda tell: stays(tell, "worker"), person=person)
    children = [news(process)[1], news(process)[1]]

    os.kill(process.pid, signal.SIGKILL)

    for child in children:
        wait_until_gone(child)
    process.wait()


def test_a_command_is_kept_alive_as_well(tmp_path):
    os.mkfifo(tmp_path / "news")
    command = Command(
        "sandbox", ["/bin/sh", "-c", 'echo $$ > "$NEWS"; exec sleep 600'], {"NEWS": str(tmp_path / "news")}
    )
    process = begin(lambda tell: command)
    first = int((tmp_path / "news").read_text())

    os.kill(first, signal.SIGKILL)

    assert int((tmp_path / "news").read_text()) != first
    process.kill(signal.SIGTERM)


def test_a_command_that_cannot_be_started_does_not_keep_the_others_down():
    process = begin(lambda tell: Command("broken", ["/nonexistent/program"]), lambda tell: stays(tell, "web"))

    assert news(process)[0] == "web"

    assert process.kill(signal.SIGTERM) == 0


def test_the_database_that_is_killed_comes_back_under_the_same_address(person, data):
    def act(tell):
        server = embedded(data, durable=True)
        dsn = server.start()
        write(dsn, "kept")
        first = server.own_pid

        def watches():
            tell(dsn)
            signal.pause()

        class Telling(Database):
            def start(self) -> int:
                pid = super().start()
                tell(f"database {pid}")
                if pid != first:
                    server.wait_until_ready()
                    tell("ready")
                return pid

        try:
            Supervisor([Telling(server), Forked("web", watches)]).run()
        finally:
            server.stop()

    process = person.begin(act)
    _, first = news(process)
    dsn = process.line()

    os.kill(first, signal.SIGKILL)

    assert news(process)[1] != first
    assert process.line() == "ready"
    person.do(lambda: pytest.fail("data lost") if notes(dsn) != ["kept"] else None)
    assert process.kill(signal.SIGTERM) == 0


def test_the_database_stops_after_those_who_need_it(person, data):
    def act(tell):
        server = embedded(data)
        dsn = server.start()

        def run():
            def write_last_words(*_):
                write(dsn, "last words")
                tell("written")
                sys.exit(0)

            signal.signal(signal.SIGTERM, write_last_words)
            tell(f"web {os.getpid()}")
            while True:
                signal.pause()

        Supervisor([Database(server), Forked("web", run)]).run()
        tell("over" if server.own_pid is None else "the database still runs")
        server.stop()

    process = person.begin(act)
    news(process)

    os.kill(process.pid, signal.SIGTERM)

    assert [process.line(), process.line()] == ["written", "over"]
    assert process.wait() == 0


def test_the_memory_of_each_child_is_told_by_its_name(person, data):
    def act(tell):
        server = embedded(data)
        server.start()

        def run():
            tell("up")
            signal.pause()

        try:
            Supervisor([Database(server), Forked("web", run), Forked("worker", run)]).run()
        finally:
            server.stop()

    process = person.begin(act)
    process.line(), process.line()

    figures = tree_pss(process.pid)

    assert set(figures) == {"supervisor", "database", "web", "worker", "total"}
    assert all(value > 0 for value in figures.values())
    assert figures["total"] == pytest.approx(sum(figures.values()) - figures["total"], abs=0.5)
    assert figures["database"] < 40
    process.kill(signal.SIGTERM)


def test_the_wait_doubles_up_to_five_seconds_and_a_healthy_life_resets_it():
    backoff = Backoff()

    waits = [backoff.after_life_of(0.1) for _ in range(7)]

    assert waits == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0])
    assert backoff.after_life_of(31) == 0.2
    assert backoff.after_life_of(1) == 0.4
