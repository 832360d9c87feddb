"""Debian's WordPress on a private MariaDB: a freshly installed site with an editor, an author and a contributor."""

import contextlib
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.real.servers.installation import PEERS, packaged, program
from tests.real.servers.process import answers, free_port, private_folder, running

SCRIPTS = PEERS / "wordpress"
PACKAGE = Path("/usr/share/wordpress")


@dataclass(frozen=True, slots=True)
class WordPressAccount:
    """`app_password` goes with `login` into HTTP basic authentication."""

    login: str
    app_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WordPress:
    base_url: str
    pid: int
    database_pid: int
    editor: WordPressAccount
    author: WordPressAccount
    contributor: WordPressAccount

    def run_cron(self) -> None:
        """Do what is due, scheduled posts above all: nothing is published at its hour without it."""
        url = f"{self.base_url}/wp-cron.php?doing_wp_cron"
        httpx.get(url, timeout=30.0, trust_env=False).raise_for_status()


@contextlib.contextmanager
def running_wordpress() -> Iterator[WordPress]:
    php, port = program("php"), free_port()
    with private_folder("wordpress") as folder, _running_database(folder) as (database_pid, password):
        site = _copy_site(folder)
        base_url = f"http://127.0.0.1:{port}"
        env = {
            "TESSELLE_REAL_DB_PASSWORD": password,
            "TESSELLE_REAL_DB_SOCKET": str(folder / "db.sock"),
            "TESSELLE_REAL_SITE": str(site),
            "TESSELLE_REAL_URL": base_url,
            # WordPress calls itself, so one worker would wait for itself.
            "PHP_CLI_SERVER_WORKERS": "4",
        }
        accounts = _install_site(php, env)
        command = [php, "-d", "upload_max_filesize=64M", "-d", "post_max_size=64M", "-d", "display_errors=0"]
        command += ["-d", "sendmail_path=/bin/true", "-S", f"127.0.0.1:{port}", "-t", str(site)]
        command += [str(SCRIPTS / "router.php")]
        ready = answers(f"{base_url}/wp-json/")
        with running(command, log=folder / "php.log", ready=ready, env=env) as process:
            yield WordPress(base_url, process.pid, database_pid, *accounts)


@contextlib.contextmanager
def _running_database(folder: Path) -> Iterator[tuple[int, str]]:
    """A MariaDB that only its socket reaches; gives its pid and the site's password."""
    mariadbd, client = program("mariadbd"), program("mariadb")
    socket, data = folder / "db.sock", folder / "db"
    user = ["--user=root"] if os.geteuid() == 0 else []
    # A server that starts takes the temporary tables of all others in its folder for leftovers.
    own = {"TMPDIR": str(folder / "tmp")}
    (folder / "tmp").mkdir()
    _run([program("mariadb-install-db"), "--no-defaults", *user, f"--datadir={data}", "--skip-test-db"], own)
    command = [mariadbd, "--no-defaults", *user, f"--datadir={data}", f"--socket={socket}"]
    command += [f"--pid-file={folder / 'db.pid'}", "--skip-networking", "--innodb-buffer-pool-size=32M"]
    command += ["--performance-schema=off", "--skip-log-bin"]
    # Data of tests need not outlive a power cut.
    command += ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync"]
    ask = [client, "--no-defaults", f"--socket={socket}", "-e"]

    def ready() -> bool:
        return subprocess.run([*ask, "SELECT 1"], capture_output=True, check=False).returncode == 0

    with running(command, log=folder / "db.log", ready=ready, env=own) as process:
        password = secrets.token_hex(12)
        _run(
            [
                *ask,
                "CREATE DATABASE wordpress CHARACTER SET utf8mb4;"
                f"CREATE USER 'wordpress'@'localhost' IDENTIFIED BY '{password}';"
                "GRANT ALL ON wordpress.* TO 'wordpress'@'localhost'",
            ]
        )
        yield process.pid, password


def _copy_site(folder: Path) -> Path:
    """The package with its links followed: uploads and settings must not land in Debian's folders."""
    site = folder / "site"
    shutil.copytree(
        packaged(PACKAGE), site, ignore=shutil.ignore_patterns("wp-config.php"), ignore_dangling_symlinks=True
    )
    shutil.copy(SCRIPTS / "wp-config.php", site)
    return site


def _install_site(php: str, env: Mapping[str, str]) -> list[WordPressAccount]:
    printed = _run([php, "-d", "sendmail_path=/bin/true", str(SCRIPTS / "setup.php")], env)
    passwords: dict[str, str] = json.loads(printed)
    return [WordPressAccount(role, passwords[role]) for role in ("editor", "author", "contributor")]


def _run(command: list[str], env: Mapping[str, str] | None = None) -> str:
    """Run to the end; what it said goes into the error when it fails."""
    environment = {**os.environ, **(env or {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout
