"""Which running processes belong to a cluster, read from /proc; and how to end those left behind.

The name of the cluster is in the command line of its postmaster and in the title of each of its
children. Both can be read without rights over the process, which a container's root often lacks.
"""

import os
import signal
import time
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import DatabaseError

FAST_STOP_SECONDS = 30.0
IMMEDIATE_STOP_SECONDS = 10.0


def cluster_name(cluster: Path) -> str:
    """A name that stays with the folder when it is moved, and that a copy does not share."""
    found = cluster.stat()
    return f"tesselle-{found.st_dev:x}-{found.st_ino:x}"


def server_processes(cluster: Path, user_id: int) -> list[int]:
    """Every process of the cluster's server, postmaster or not."""
    name = cluster_name(cluster).encode()
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in pids if _belongs(pid, name, user_id)]


def postmaster_pid(cluster: Path, user_id: int) -> int | None:
    """The living postmaster of this cluster; a stale postmaster.pid, even with a reused pid, is None."""
    lines = _pid_file_lines(cluster)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    return pid if _belongs(pid, cluster_name(cluster).encode(), user_id) else None


def is_ready(cluster: Path, pid: int) -> bool:
    """Whether this postmaster accepts sessions, as it writes itself into postmaster.pid."""
    lines = _pid_file_lines(cluster)
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def end_leftovers(cluster: Path, user_id: int) -> None:
    """Stop whatever an earlier, killed start left running on this cluster, and forget its pid file.

    Call it with the data folder's lock held: what still runs then has no supervisor.

    Raises:
        DatabaseError: something could not be ended.
    """
    wishes = (
        (signal.SIGINT, FAST_STOP_SECONDS),
        (signal.SIGQUIT, IMMEDIATE_STOP_SECONDS),
        (signal.SIGKILL, IMMEDIATE_STOP_SECONDS),
    )
    for wish, seconds in wishes:
        if not server_processes(cluster, user_id):
            # A pid file whose number some other process now bears would stop the next start.
            (cluster / "postmaster.pid").unlink(missing_ok=True)
            return
        _ask(cluster, user_id, wish)
        _wait_until_gone(cluster, user_id, seconds)
    if left := server_processes(cluster, user_id):
        sentence = N_(
            "An older database server of %(cluster)s does not end (process %(pid)d). "
            "End it, then start again."
        )
        raise DatabaseError(Message(sentence, {"cluster": str(cluster), "pid": left[0]}))


def _ask(cluster: Path, user_id: int, wish: signal.Signals) -> None:
    asked = server_processes(cluster, user_id)
    postmaster = postmaster_pid(cluster, user_id)
    if postmaster is not None and wish is not signal.SIGKILL:
        # It ends its children itself.
        asked = [postmaster]
    elif wish is signal.SIGINT:
        # SIGINT means something else to each orphan; SIGQUIT means "leave at once" to all.
        wish = signal.SIGQUIT
    for pid in asked:
        try:
            os.kill(pid, wish)
        except ProcessLookupError:
            continue


def _wait_until_gone(cluster: Path, user_id: int, seconds: float) -> None:
    give_up = time.monotonic() + seconds
    while server_processes(cluster, user_id) and time.monotonic() < give_up:
        time.sleep(0.02)


def _belongs(pid: int, name: bytes, user_id: int) -> bool:
    folder = Path(f"/proc/{pid}")
    try:
        if folder.stat().st_uid != user_id:
            return False
        command = (folder / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False
    # Empty for a zombie: that one has ended and only waits for its parent.
    return b"\0cluster_name=" + name + b"\0" in command or command.startswith(b"postgres: " + name + b": ")


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []
