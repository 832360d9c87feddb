"""One line an event: its name, then its fields."""

import logging

_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class EventFormatter(logging.Formatter):
    """Appends what was given as `extra`, as `name=value`."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{key}={value!r}" for key, value in vars(record).items() if key not in _KNOWN)
        line = super().format(record)
        return f"{line} {fields}" if fields else line
