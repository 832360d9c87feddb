"""Work that must leave no thread and no database session in this process: done in a child of its own."""

import os
import sys
import traceback
from collections.abc import Callable

from tesselle.domain.errors import TesselleError
from tesselle.ops.cli import in_terminal_language


def aside(work: Callable[[], None]) -> bool:
    """Do it in a forked copy and wait; False when it failed (it has said why)."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except TesselleError as error:
            print(f"tesselle: {in_terminal_language(error.message)}", file=sys.stderr)
        except BaseException:  # noqa: BLE001 - the outermost frame of this process
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
