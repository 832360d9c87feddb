"""A command beside publishing: its failure is noted, and it never outlives the worker."""

import asyncio
import os
from pathlib import Path

import pytest

from tesselle.ops import apart
from tesselle.ops.apart import run_apart


def test_what_succeeds_and_what_fails_is_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    assert asyncio.run(run_apart("--help"))
    assert not asyncio.run(run_apart("no-such-command"))
    assert "command_failed words=no-such-command" in caplog.text


def test_it_stands_back_and_ends_with_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of Python a script that says who it is, and stays."""
    said, script = tmp_path / "said", tmp_path / "stays"
    os.mkfifo(said)
    script.write_text(f"#!/bin/sh\necho $$ > {said}\nexec sleep 600\n")
    script.chmod(0o700)
    monkeypatch.setattr(apart.sys, "executable", str(script))

    async def called_off() -> int:
        running = asyncio.create_task(run_apart("learn"))
        pid = int(await asyncio.to_thread(said.read_text))
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, pid) == min(ours + apart.BEHIND, 19)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return pid

    pid = asyncio.run(called_off())

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
