import stat
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import psycopg
import pytest

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.postgres import EmbeddedPostgres
from tesselle.ops.tests.people import Person
from tesselle.ops.tests.sessions import answer, embedded, notes, socket_folder, write


def test_the_first_start_makes_a_database_and_the_second_finds_it(person, place):
    def act():
        server = embedded(place / "data")
        write(server.start(), "kept")
        server.stop()
        again = embedded(place / "data")
        assert notes(again.start()) == ["kept"]
        again.stop()

    person.do(act)


def test_it_is_durable_speaks_utf8_and_folds_accented_letters(person, data):
    def act():
        server = EmbeddedPostgres(DataFolder.open(data))
        dsn = server.start()
        for setting, value in {"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8"}.items():
            assert answer(dsn, f"SHOW {setting}") == value
        assert answer(dsn, "SELECT lower('ÉÀ')") == "éà"
        assert answer(dsn, "SELECT datlocale FROM pg_database WHERE datname = 'tesselle'") == "C.UTF-8"
        server.stop()

    person.do(act)


def test_our_role_is_no_superuser_but_may_make_databases(person, data):
    def act():
        server = embedded(data)
        dsn = server.start()
        assert answer(dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert answer(dsn, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") is True
        server.stop()

    person.do(act)


def test_nobody_enters_without_the_password_nor_as_superuser(person, data):
    def act():
        server = embedded(data)
        dsn = server.start()
        password = urlsplit(dsn).password
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(dsn.replace(str(password), "guessed"))
        with pytest.raises(psycopg.OperationalError, match=r"pg_hba.conf rejects"):
            psycopg.connect(dsn.replace("tesselle:", "postgres:"))
        server.stop()

    person.do(act)


async def test_the_same_address_serves_asyncpg(embedded_database):
    session = await asyncpg.connect(embedded_database)

    assert await session.fetchval("SELECT current_user") == "tesselle"

    await session.close()


def test_no_file_is_open_to_others(person: Person, data: Path) -> None:
    def act() -> None:
        server = embedded(data)
        socket = socket_folder(server.start())
        for path in [socket, data, *(data).rglob("*")]:
            mode = stat.S_IMODE(path.lstat().st_mode)
            # As root, the server's own group may walk through two folders; it lists and writes nothing there.
            passages = {data, data / "postgres"} if person.name == "root" else set()
            allowed = 0o710 if path in passages else 0o700
            assert mode & ~allowed == 0, (path, oct(mode))
        server.stop()

    person.do(act)


def test_a_first_start_killed_half_way_is_begun_anew(person, place):
    def act():
        folder = DataFolder.open(place / "data")
        (folder.subfolder("postgres") / "cluster.new").mkdir()
        (folder.subfolder("postgres") / "cluster.new" / "PG_VERSION").write_text("18\n")
        server = EmbeddedPostgres(folder, durable=False)
        assert answer(server.start(), "SELECT 1") == 1
        server.stop()

    person.do(act)


def test_a_clean_stop_leaves_no_process_and_no_socket(person, data):
    def act():
        server = embedded(data)
        socket = socket_folder(server.start())
        server.stop()
        assert not server.is_running()
        assert not socket.exists()

    person.do(act)


def test_pg_dump_and_pg_restore_carry_the_data_over(person, place, data):
    def act():
        server = embedded(data)
        dsn = server.start()
        write(dsn, "carried")
        programs = server.client_programs
        dump = place / "dump"
        subprocess.run([programs.pg_dump, "--format=custom", f"--file={dump}", dsn], check=True)
        with psycopg.connect(dsn, autocommit=True) as session:
            session.execute("DROP TABLE note")
        subprocess.run([programs.pg_restore, "--no-owner", f"--dbname={dsn}", dump], check=True)
        assert notes(dsn) == ["carried"]
        server.stop()

    person.do(act)
