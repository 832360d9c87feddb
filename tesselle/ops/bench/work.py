"""The worker process that is measured: the one that `tesselle worker` runs."""

import sys
from pathlib import Path

from tesselle.ops.installation import load_django


def main() -> None:
    load_django()
    from tesselle.ops.worker_process import work

    print("ready", flush=True)
    work(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
