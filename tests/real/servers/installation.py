"""Where install.sh put the servers, and a clear sentence when it has not run."""

import os
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PEERS = HERE / "peers"
# mariadbd lives in a folder that an ordinary user's PATH may leave out.
SEARCH_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


class NotInstalledError(RuntimeError):
    """A server cannot be started because it is not on this machine."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"{missing} is missing. Run tests/real/install.sh (as root the first time), then try again."
        )


def cache_folder() -> Path:
    """The same folder as in install.sh."""
    if chosen := os.environ.get("TESSELLE_REAL_CACHE"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tesselle" / "real"


def cached(relative: str) -> Path:
    """A file or folder of the finished installation."""
    folder = cache_folder()
    path = folder / relative
    if not (folder / "stamp").exists() or not path.exists():
        raise NotInstalledError(f"The installation of the real servers in {folder}")
    return path


def program(name: str) -> str:
    """The full path of a program from a Debian package."""
    found = shutil.which(name, path=SEARCH_PATH)
    if found is None:
        raise NotInstalledError(f"The program {name}")
    return found


def packaged(path: Path) -> Path:
    """A file or folder from a Debian package."""
    if not path.exists():
        raise NotInstalledError(str(path))
    return path
