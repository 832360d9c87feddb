"""Changes reach the pages that are looked at; whoever was away is told to read again."""

import asyncio
import json
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import Client

from tesselle.ledger.models import Delivery
from tesselle.plan.tests.test_calendar import NOON, channel_in, planned
from tesselle.web.live import hub as hubs
from tesselle.web.live.handoff import HEADER, with_live_updates
from tesselle.web.live.hub import CHANNEL, Change, Hub, Stream, TooManyStreamsError, database_address
from tesselle.workspaces import members
from tesselle.workspaces.models import Member, User, Workspace

NOW = time.time


def test_the_browser_paces_its_readings() -> None:
    node = shutil.which("node")
    assert node, "Node is needed to run the browser's part"
    script = Path(__file__).with_name("listening.test.mjs")

    result = subprocess.run(
        [node, "--test", str(script)], capture_output=True, text=True, timeout=60, check=False
    )

    assert result.returncode == 0, result.stdout[-3000:]


def test_a_stream_that_falls_behind_is_told_to_read_again_and_holds_little() -> None:
    stream = Stream(1)
    for number in range(10_000):
        stream.tell(Change("delivery", number))

    changes, must_reread = stream.take()

    assert must_reread and len(changes) < hubs.MOST_WAITING


def test_the_same_change_twice_is_told_once() -> None:
    stream = Stream(1)
    stream.tell(Change("delivery", 7))
    stream.tell(Change("delivery", 7))

    assert stream.take() == ([Change("delivery", 7)], False)
    assert stream.take() == ([], False)


# --- Who may listen ---


def test_a_member_is_handed_over_to_the_stream(as_alice: Client, workspace: Workspace):
    assert as_alice.get("/live").headers[HEADER] == str(workspace.pk)


def test_mallory_hears_only_of_her_own_workspace(client: Client, mallory: User, workspace: Workspace):
    client.force_login(mallory)

    assert client.get("/live").headers[HEADER] != str(workspace.pk)


def test_a_stranger_hears_nothing(client: Client, db: None):
    assert HEADER not in client.get("/live").headers


# --- The session beside the pool ---


@pytest.fixture
async def hub(transactional_db: None) -> AsyncIterator[Hub]:
    made = Hub(database_address, grace_s=0.2)
    yield made
    made.close()
    await asyncio.sleep(0)


async def notify(payload: str) -> None:
    async with await psycopg.AsyncConnection.connect(database_address(), autocommit=True) as session:
        await session.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


async def heard(stream: Stream) -> tuple[list[Change], bool]:
    await asyncio.wait_for(stream.woken.wait(), 10)
    return stream.take()


async def settled(hub: Hub, workspace_id: int = 1) -> None:
    """Wait until the hub listens."""
    async with hub.open(workspace_id, 0.0) as stream:
        assert await heard(stream) == ([], True)


async def test_a_change_reaches_the_streams_of_its_workspace_alone(hub: Hub) -> None:
    await settled(hub)
    async with hub.open(1, NOW()) as mine, hub.open(2, NOW()) as theirs:
        await notify("1 delivery 7")

        assert await heard(mine) == ([Change("delivery", 7)], False)
        assert theirs.take() == ([], False)


async def test_a_page_drawn_before_the_hub_listened_is_told_to_read_again(hub: Hub) -> None:
    async with hub.open(1, NOW() - 5) as stream:
        assert await heard(stream) == ([], True)


async def test_a_page_that_missed_a_change_is_told_and_one_that_did_not_is_left_alone(hub: Hub) -> None:
    await settled(hub)
    async with hub.open(1, NOW()) as witness:
        await notify("1 delivery 7")
        await heard(witness)
        after = NOW()

        async with (
            hub.open(1, after - 60) as late,
            hub.open(1, after + 1) as fresh,
            hub.open(2, after) as other,
        ):
            assert late.take() == ([], True)
            assert fresh.take() == ([], False)
            assert other.take() == ([], False)


async def test_a_lost_session_is_made_anew_and_everybody_reads_again(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "_RETRY_S", 0.05)
    await settled(hub)
    async with hub.open(1, NOW()) as stream:
        async with await psycopg.AsyncConnection.connect(database_address(), autocommit=True) as session:
            await session.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'tesselle live' AND pid <> pg_backend_pid()"
            )
        assert await heard(stream) == ([], True)
        await notify("1 delivery 8")
        assert await heard(stream) == ([Change("delivery", 8)], False)


async def test_too_many_streams_are_refused(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "MOST_STREAMS", 1)
    async with hub.open(1, 0.0):
        with pytest.raises(TooManyStreamsError):
            async with hub.open(1, 0.0):
                pass
    async with hub.open(1, 0.0):
        assert hub.streams == 1


async def test_nonsense_on_the_channel_harms_nobody(hub: Hub) -> None:
    await settled(hub)
    async with hub.open(1, NOW()) as stream:
        for payload in ("", "x", "1", "1 delivery", "1 delivery x", "999999999999999999999 a b"):
            await notify(payload)
        await notify("1 delivery 7")
        seen: list[Change] = []
        while Change("delivery", 7) not in seen:
            seen += (await heard(stream))[0]


# --- The stream as a browser sees it ---


class Browser:
    """One request at the application; what it was sent, and its going away."""

    def __init__(self, application: Any, query: str = "", path: str = "/live") -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""
        self.is_done = False
        self._gone = asyncio.Event()
        self._more = asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
        self.task = asyncio.create_task(application(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        self.body += message.get("body", b"")
        self.is_done = message["type"] == "http.response.body" and not message.get("more_body", False)
        self._more.set()

    async def until(self, text: str) -> None:
        async with asyncio.timeout(10):
            while text.encode() not in self.body:
                self._more.clear()
                await self._more.wait()

    def leave(self) -> None:
        self._gone.set()


def admits(workspace_id: int) -> Any:
    async def pages(scope: Any, receive: Any, send: Any) -> None:
        headers = [(HEADER.encode(), str(workspace_id).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    return pages


async def refuses(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"not here"})


async def test_the_stream_carries_ids_and_no_words(hub: Hub) -> None:
    browser = Browser(with_live_updates(admits(1), lambda: hub))
    await browser.until("event: reread")

    await notify("1 delivery 7")
    await browser.until("event: change")

    data = json.loads(browser.body.decode().rsplit("data: ", 1)[1])
    assert data["changes"] == [["delivery", 7]]
    assert browser.headers[b"content-type"].startswith(b"text/event-stream")
    assert browser.headers[b"x-accel-buffering"] == b"no"
    browser.leave()
    await asyncio.wait_for(browser.task, 10)
    assert hub.streams == 0


async def test_what_the_view_refuses_is_passed_on_untouched(hub: Hub) -> None:
    browser = Browser(with_live_updates(refuses, lambda: hub))
    await asyncio.wait_for(browser.task, 10)

    assert (browser.status, browser.body) == (404, b"not here")


async def test_other_pages_are_none_of_its_business(hub: Hub) -> None:
    browser = Browser(with_live_updates(refuses, lambda: hub), path="/drafts")
    await asyncio.wait_for(browser.task, 10)

    assert browser.status == 404


async def test_when_who_belongs_to_a_workspace_changes_its_streams_end_and_no_others(hub: Hub) -> None:
    mine, theirs = (Browser(with_live_updates(admits(number), lambda: hub)) for number in (1, 2))
    await mine.until("event: reread")
    await theirs.until("event: reread")

    await notify("1 workspace 1")
    await asyncio.wait_for(mine.task, 10)

    assert mine.is_done
    assert not theirs.task.done()
    theirs.leave()
    await asyncio.wait_for(theirs.task, 10)


@pytest.mark.django_db(transaction=True)
def test_a_removed_member_is_asked_again_who_they_are(
    workspace: Workspace, alice: User, mallory: User
) -> None:
    member = Member.objects.create(workspace=workspace, user=mallory, role="viewer")
    with psycopg.connect(database_address(), autocommit=True) as session:
        session.execute(f"LISTEN {CHANNEL}")
        members.remove(member, by=alice)

        assert f"{workspace.pk} {hubs.WHO_MAY} {workspace.pk}" in told(session)


async def test_what_no_view_answers_carries_a_policy_too(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "MOST_STREAMS", 0)
    browser = Browser(with_live_updates(admits(1), lambda: hub))
    await asyncio.wait_for(browser.task, 10)

    assert browser.headers[b"content-security-policy"] == b"default-src 'none'"
    assert browser.headers[b"x-content-type-options"] == b"nosniff"


async def test_when_the_process_ends_every_stream_ends_at_once(hub: Hub) -> None:
    browser = Browser(with_live_updates(admits(1), lambda: hub))
    await browser.until("event: hello")

    hub.close()
    await asyncio.wait_for(browser.task, 5)

    assert browser.is_done


async def test_a_quiet_stream_shows_that_it_is_still_there(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tesselle.web.live.handoff.HEARTBEAT_S", 0.05)
    browser = Browser(with_live_updates(admits(1), lambda: hub))

    await browser.until(": still here")
    browser.leave()
    await asyncio.wait_for(browser.task, 10)


async def test_a_full_process_says_to_come_later(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "MOST_STREAMS", 0)
    browser = Browser(with_live_updates(admits(1), lambda: hub))
    await asyncio.wait_for(browser.task, 10)

    assert browser.status == 503 and b"retry-after" in browser.headers


# --- What the database tells ---


@pytest.mark.django_db(transaction=True)
def test_a_delivery_tells_that_it_came_moved_and_changed(workspace: Workspace) -> None:
    with psycopg.connect(database_address(), autocommit=True) as session:
        session.execute(f"LISTEN {CHANNEL}")
        delivery = planned(workspace, channel_in(workspace), NOON)
        wanted = f"{workspace.pk} delivery {delivery.pk}"
        assert wanted in told(session)
        Delivery.objects.filter(pk=delivery.pk).update(state="missed")
        assert told(session) == [wanted]
        Delivery.objects.filter(pk=delivery.pk).update(due_at=delivery.due_at.replace(hour=3))
        assert told(session) == [wanted]
        Delivery.objects.filter(pk=delivery.pk).update(retries=3)
        assert told(session) == []


def told(session: psycopg.Connection[Any]) -> list[str]:
    """What has been told by now: a notification of our own marks the end."""
    session.execute(f"SELECT pg_notify('{CHANNEL}', 'end')")
    found = []
    for notice in session.notifies(timeout=10):
        if notice.payload == "end":
            break
        found.append(notice.payload)
    return found
