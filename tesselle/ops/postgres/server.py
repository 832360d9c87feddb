"""The embedded PostgreSQL of one data folder: started, found again, stopped."""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from tesselle.domain.messages import N_, Message
from tesselle.ops.data_folder import DataFolder
from tesselle.ops.errors import DatabaseError, DatabaseNotRunningError
from tesselle.ops.postgres.account import ServerAccount, server_account
from tesselle.ops.postgres.cluster import BARE_ENVIRONMENT, DATABASE, ROLE, Cluster
from tesselle.ops.postgres.processes import (
    FAST_STOP_SECONDS,
    cluster_name,
    end_leftovers,
    is_ready,
    postmaster_pid,
)
from tesselle.ops.postgres.programs import Programs, installed_programs
from tesselle.ops.postgres.settings import server_settings
from tesselle.ops.postgres.socket_folder import SocketFolder
from tesselle.ops.postgres.trouble import database_error

# Replaying what a crash left can take minutes on a slow disk; a server that works on it is not stuck.
READY_SECONDS = 600.0
LARGEST_LOG_BYTES = 5_000_000


class EmbeddedPostgres:
    """`start` for who owns the folder, `attach` for who comes beside it.

    Start it from a thread that lives as long as the process: the server ends with that thread.
    """

    def __init__(self, folder: DataFolder, *, durable: bool = True) -> None:
        self._folder = folder
        self._durable = durable
        self._home = folder.path / "postgres"
        self._cluster = Cluster(self._home)
        self._socket = SocketFolder(self._home / "socket")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def client_programs(self) -> Programs:
        """Where `pg_dump` and `pg_restore` are."""
        return installed_programs()

    @property
    def log_path(self) -> Path:
        return self._home / "server.log"

    @property
    def dsn(self) -> str:
        """A libpq URL; it stays the same until `stop`.

        Raises:
            DatabaseNotRunningError: nobody started this folder's server.
        """
        socket = self._socket.path()
        if socket is None or not self._cluster.exists:
            raise _not_running(self._folder.path)
        return (
            f"postgresql://{ROLE}:{self._cluster.password()}@/{DATABASE}?host={quote(str(socket), safe='/')}"
        )

    def start(self) -> str:
        """Lock the folder, make what is missing, start the server; returns the DSN.

        Raises:
            AlreadyRunningError: somebody else works in this folder.
            DatabaseError: it does not start; the sentence says why and what to do.
        """
        self._folder.lock.acquire()
        try:
            self.launch()
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self.dsn

    @property
    def own_pid(self) -> int | None:
        """The postmaster that this process started, while it lives."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def launch(self) -> int:
        """Start the server in a folder whose lock we hold and return its pid, without waiting."""
        account = server_account()
        self._prepare_home(account)
        programs = self._server_programs(account)
        if not self._cluster.exists:
            self._cluster.create(programs, account, durable=self._durable)
        self._cluster.refuse_other_version()
        end_leftovers(self._cluster.path, account.user_id)
        socket = self._socket.ensure(account)
        _rotate(self.log_path)
        self._process = self._spawn(programs, account, socket)
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Until the launched server accepts sessions.

        Raises:
            DatabaseError: it ended instead, or its recovery takes longer than ten minutes.
        """
        pid = self.own_pid
        give_up = time.monotonic() + READY_SECONDS
        while pid is None or not is_ready(self._cluster.path, pid):
            if self.own_pid is None or time.monotonic() > give_up:
                raise database_error(self._home, _tail(self.log_path))
            time.sleep(0.005)

    def stop(self) -> None:
        """End the server after all it holds is written, take the socket away, free the folder."""
        if self._cluster.exists:
            account = server_account()
            self._end_own_process()
            end_leftovers(self._cluster.path, account.user_id)
            self._socket.remove(account)
        self._folder.lock.release()

    def was_made(self) -> bool:
        """Whether a start has made the folder's cluster already."""
        return self._cluster.exists

    def is_running(self) -> bool:
        """Whether the folder's server accepts sessions, whoever started it."""
        if not self._cluster.exists:
            return False
        pid = postmaster_pid(self._cluster.path, self._cluster.path.stat().st_uid)
        return pid is not None and is_ready(self._cluster.path, pid)

    def attach(self) -> str:
        """The DSN of the server that another process started.

        Raises:
            DatabaseNotRunningError: there is none.
        """
        if not self.is_running():
            raise _not_running(self._folder.path)
        return self.dsn

    def _prepare_home(self, account: ServerAccount) -> None:
        self._folder.subfolder("postgres")
        if account.changes:
            self._folder.let_group_through(account.group_id)
            os.chown(self._home, -1, account.group_id)
            self._home.chmod(0o710)
        closed = account.first_closed([*reversed(self._home.parents), self._home])
        if closed is not None:
            sentence = N_(
                "The database runs as the user %(user)s, which may not enter %(closed)s; we do not widen "
                "the rights of folders. Choose a data folder elsewhere with TESSELLE_DATA, /var/lib/tesselle "
                "for example, or start Tesselle as an ordinary user."
            )
            raise DatabaseError(Message(sentence, {"user": ROLE, "closed": str(closed)}))

    def _server_programs(self, account: ServerAccount) -> Programs:
        installed = installed_programs()
        if account.first_closed([installed.initdb, installed.postgres]) is None:
            return installed
        shelf = self._home / "programs"
        shelf.mkdir(mode=0o755, exist_ok=True)
        shelf.chmod(0o755)
        return installed.copy_to(shelf)

    def _spawn(self, programs: Programs, account: ServerAccount, socket: Path) -> subprocess.Popen[bytes]:
        settings = server_settings(
            socket_folder=socket, cluster_name=cluster_name(self._cluster.path), durable=self._durable
        )
        log = os.open(self.log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return subprocess.Popen(  # noqa: S603 - our own program, words of ours
                [str(programs.postgres), "-D", str(self._cluster.path), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=BARE_ENVIRONMENT,
                # Ctrl-C in the terminal is for the supervisor, which stops the server last.
                start_new_session=True,
                preexec_fn=account.entering(),
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise database_error(self._home, str(error)) from error
        finally:
            os.close(log)

    def _end_own_process(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.send_signal(signal.SIGINT)
        try:
            process.wait(FAST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # `end_leftovers` insists, and escalates.
            return


def _not_running(folder: Path) -> DatabaseNotRunningError:
    sentence = N_("The database of %(folder)s does not run. Start it with `tesselle up`.")
    return DatabaseNotRunningError(Message(sentence, {"folder": str(folder)}))


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4000))
        return file.read().decode(errors="replace")
