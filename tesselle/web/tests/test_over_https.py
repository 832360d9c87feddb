"""What is told to browsers once the installation has an address with TLS."""

import asyncio
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tesselle.config.static_files import with_static_files

_TOLD = ("SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE")
_SHOW = (
    "import json; from tesselle.config import settings; "
    f"print(json.dumps({{name: getattr(settings, name) for name in {_TOLD!r}}}))"
)


def settings_at(address: str) -> dict[str, object]:
    """As a process of its own reads them: they are read once."""
    done = subprocess.run(
        [sys.executable, "-c", _SHOW],
        env={**os.environ, "PUBLIC_URL": address},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_over_tls_browsers_come_by_tls_alone_and_no_other_host_can_set_the_session():
    found = settings_at("https://tiles.example")

    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert str(found["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert found["SESSION_COOKIE_SECURE"] and found["LANGUAGE_COOKIE_SECURE"]


def test_without_tls_nothing_is_asked_that_would_lock_people_out():
    found = settings_at("http://127.0.0.1:8000")

    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SESSION_COOKIE_NAME"] == "sessionid"
    assert not found["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize(
    ("path", "status"), [("/static/web/img/icons.svg", 200), ("/static/no/such.svg", 404)]
)
async def test_a_drawing_of_ours_that_is_opened_by_itself_runs_nothing(path: str, status: int):
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    await with_static_files(None)(scope, receive, send)

    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == status
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"content-security-policy"].startswith(b"default-src 'none'")
