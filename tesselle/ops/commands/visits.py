"""`tesselle visits`: read what websites' statistics tell; done by the worker."""

import argparse
import logging

from tesselle.ops.installation import opened

log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: what is due is in the database."""


def run(options: argparse.Namespace) -> int:
    with opened():
        return _work_off()


def _work_off() -> int:
    """Every source that is due; 1 when one of them failed for a reason of ours."""
    from tesselle.measure.site.reading import read_source, take

    status = 0
    while (source := take()) is not None:
        try:
            read_source(source)
        except Exception:  # the outermost loop: one source's trouble keeps nobody else waiting
            log.exception("visits_failed", extra={"source": source.pk})
            status = 1
    return status
