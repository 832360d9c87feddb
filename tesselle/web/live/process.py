"""The hub of this process: made when the first page listens, ended when the process does."""

from tesselle.web.live.hub import Hub, database_address

_hub: Hub | None = None


def hub() -> Hub:
    global _hub
    if _hub is None:
        _hub = Hub(database_address)
    return _hub


def close() -> None:
    """Streams end at once, so that the server can stop."""
    if _hub is not None:
        _hub.close()
