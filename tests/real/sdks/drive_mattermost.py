"""apprise at work, in an environment of its own: one act, told and answered as JSON.

Run by `tests/real/test_mattermost.py`. Nothing of ours is imported here.
"""
# mypy: disable-error-code="import-not-found,misc"

import json
import logging
import sys
from typing import Any
from urllib.parse import quote, urlsplit

import apprise

TOLD = json.loads(sys.stdin.read())


class Heard(logging.Handler):
    """What apprise says of a refusal is in its log alone."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def address() -> str:
    """As its documentation has it: the webhook's address with another scheme, without `/hooks/`."""
    parts = urlsplit(TOLD["address"])
    before, _, token = parts.path.partition("/hooks/")
    user = f"{quote(TOLD['username'])}@" if TOLD.get("username") else ""
    channel = f"?channel={quote(TOLD['channel'])}" if TOLD.get("channel") else ""
    return f"mmost://{user}{parts.netloc}{before}/{token}/{channel}"


def say() -> Any:
    heard = Heard()
    logging.getLogger("apprise").addHandler(heard)
    speaker = apprise.Apprise()
    assert speaker.add(address())
    done = bool(speaker.notify(body=TOLD["text"], body_format=apprise.NotifyFormat.TEXT))
    return {"done": done, "heard": heard.said}


print(json.dumps({"say": say}[TOLD["act"]]()))
