"""A command of ours in a process of its own, beside publishing: its libraries and database sessions go with it."""

import asyncio
import logging
import sys

BEHIND = 5
"""How far such a process stands back (as `nice` counts) for the pages that people wait for."""

AFTER_FAILURE_S = 60.0
"""How long to rest before the next try: what failed once at its start would fail again and again."""

logger = logging.getLogger(__name__)


async def run_apart(*words: str) -> bool:
    """Run `tesselle WORDS` and wait; False when it failed, which is logged.

    Called off together with us: the process is ended and waited for.
    """
    nicely = ("nice", "-n", str(BEHIND), sys.executable)
    process = await asyncio.create_subprocess_exec(*nicely, "-m", "tesselle", *words)
    try:
        status = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if status:
        logger.error("command_failed words=%s status=%d", " ".join(words), status)
    return status == 0
