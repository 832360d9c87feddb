"""What is made anew when it is lost need not wait for the disk at each step."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_LATER = "-c synchronous_commit=off"


@contextmanager
def not_waiting_for_the_disk() -> Iterator[None]:
    """For all sessions that this process begins meanwhile. Others see at once what is committed; after a power
    cut the last second of it may be gone, and never a row of which a later one is still there."""
    options = connection.settings_dict["OPTIONS"]
    before = options.get("options")
    options["options"] = f"{before} {_LATER}" if before else _LATER
    connection.close()
    try:
        yield
    finally:
        if before:
            options["options"] = before
        else:
            del options["options"]
        connection.close()
