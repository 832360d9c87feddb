"""`tesselle sites`: look at the websites that people asked about; done by the worker."""

import argparse
import logging

from tesselle.ops.installation import opened

log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: what waits is in the database."""


def run(options: argparse.Namespace) -> int:
    with opened():
        return _work_off()


def _work_off() -> int:
    """Every look that waits; 1 when one of them failed."""
    from tesselle.academy.presence.running import perform
    from tesselle.academy.presence.services import give_up, take

    status = 0
    while (one := take()) is not None:
        try:
            perform(one)
        except Exception:  # the outermost loop: one site's trouble keeps nobody else waiting
            log.exception("site_check_failed", extra={"workspace": one.path.workspace_id})
            give_up(one)
            status = 1
    return status
