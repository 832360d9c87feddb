"""A worker process as chaos starts it: `python -m tesselle.ops.chaos.worker SPOOLS`.

The product's own, but for TESSELLE_CHAOS_IMPORT, which names a module to import first: the tests'
sabotages of the ledger.
"""

import importlib
import os
import sys
from pathlib import Path

from tesselle.ops.installation import load_django


def main() -> None:
    load_django()
    if module := os.environ.get("TESSELLE_CHAOS_IMPORT"):
        importlib.import_module(module)
    from tesselle.ops.worker_process import work

    work(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
