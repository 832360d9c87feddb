"""A disk without room is told as such: whoever wrote something sees what it means, and what to do."""

import errno
import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)

INSUFFICIENT_STORAGE = 507
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DATABASE_FULL = "53100"  # PostgreSQL's disk_full


def is_full(error: BaseException | None) -> bool:
    """Whether this, or what it came from, says that nothing more can be written."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlstate", None) == _DATABASE_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


class FullDiskMiddleware:
    """Any view: what it had begun in the database is rolled back, and the answer says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_full(exception):
            return None
        log.error("disk_full", exc_info=exception, extra={"path": request.path})
        return render(request, "507.html", status=INSUFFICIENT_STORAGE)
