"""As whom the server runs: ourselves, or, since PostgreSQL refuses root, a system user of our own."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import DatabaseError
from tesselle.ops.linux import die_with_parent

SYSTEM_USER = "tesselle"


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """`changes` says whether a program must change user before it starts."""

    user_id: int
    group_id: int
    changes: bool

    def entering(self) -> Callable[[], None]:
        """What a child does between fork and exec: become this user, end when we end."""
        parent = os.getpid()

        def enter() -> None:
            self.become()
            os.umask(0o077)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            # SIGINT is PostgreSQL's fast shutdown: sessions are cut, everything is written.
            die_with_parent(signal.SIGINT, parent)

        return enter

    def become(self) -> None:
        if self.changes:
            os.setgroups([])
            os.setgid(self.group_id)
            os.setuid(self.user_id)

    def own(self, path: Path) -> None:
        if self.changes:
            os.chown(path, self.user_id, self.group_id)

    def first_closed(self, paths: list[Path]) -> Path | None:
        """The first of these (at most 200) that the account may not enter or run; asked as that account."""
        if not self.changes:
            return next((path for path in paths if not os.access(path, os.X_OK)), None)
        child = os.fork()
        if child == 0:
            answer = 254
            try:
                self.become()
                closed = (n for n, path in enumerate(paths[:200]) if not os.access(path, os.X_OK))
                answer = next(closed, 255)
            finally:
                os._exit(answer)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == 255:
            return None
        return paths[code] if 0 <= code < len(paths) else paths[0]


def server_account() -> ServerAccount:
    """The account to use here; as root the system user is made when missing.

    Raises:
        DatabaseError: we are root and there is no such user and no way to make one.
    """
    if os.geteuid() != 0:
        return ServerAccount(os.geteuid(), os.getegid(), changes=False)
    entry = _entry() or _made()
    return ServerAccount(entry.pw_uid, entry.pw_gid, changes=True)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    told = ""
    if useradd:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command = [useradd, *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
        told = done.stderr.strip()
    # Another start may have made it a moment before us, so the result counts, not useradd's own status.
    if entry := _entry():
        return entry
    sentence = N_(
        "PostgreSQL refuses to run as root, and the system user %(user)s could not be made (%(reason)s). "
        "Make it with `useradd --system %(user)s`, start Tesselle as an ordinary user, or set DATABASE_URL."
    )
    params = {"user": SYSTEM_USER, "reason": told or "no useradd on this machine"}
    raise DatabaseError(Message(sentence, params))
