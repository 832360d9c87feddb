"""The bench commands on tiny sizes: what they print, and that a broken page fails the run."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from django.test import Client, RequestFactory

from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.measure.tests.factories import make_channel
from tesselle.ops.bench import command, memory, pages
from tesselle.ops.bench.data import Filled
from tesselle.ops.bench.moves import Moves
from tesselle.ops.bench.visits import Answer, Page, PageFailedError, Visitor, Visits, check
from tesselle.plan.services import Slot, plan_post
from tesselle.web import navigation
from tesselle.workspaces.models import Member, User, Workspace

ROOT = Path(__file__).parents[3]
SHOWN = "<main><h1>Calendrier</h1><p>Chantier 7 à Morges</p></main>"
CALENDAR = Page("calendar", "/", "Chantier 7")


def bench(*words: str) -> dict[str, Any]:
    """As a person runs it, in a process of its own: it makes an installation of its own."""
    ours = ("TESSELLE_", "DATABASE_URL", "DJANGO_", "PUBLIC_URL", "PYTEST_")
    done = subprocess.run(
        [sys.executable, "-m", "tesselle", "bench", *words, "--json"],
        # Not below a 0700 folder: as root the server runs as another user, which must pass.
        env={name: value for name, value in os.environ.items() if not name.startswith(ours)}
        | {"TMPDIR": tempfile.gettempdir()},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.thorough
def test_every_page_of_the_navigation_is_visited_and_measured():
    found = bench("pages", "--posts", "20", "--snapshots", "150", "--visits", "8")

    assert (found["posts"], found["snapshots"]) == (20, 150)
    assert {"calendar", "list", "composer", "delivery", "channels", "calendar.move"} <= set(found["pages"])
    for name, figures in found["pages"].items():
        assert set(figures) == {"p50_ms", "p95_ms", "cpu_ms", "queries", "bytes"}
        assert 0 < figures["p50_ms"] <= figures["p95_ms"]
        # A post on three channels is moved on each of them.
        assert 0 < figures["queries"] < (45 if name == "calendar.move" else 30)
        assert figures["bytes"] > 1000


@pytest.mark.chaos
def test_a_burst_goes_out_once_shared_by_two_workers():
    found = bench("burst", "--deliveries", "40", "--latency-ms", "20", "--workers", "2")

    assert (found["sent"], found["lost"], found["doubled"], found["channels"]) == (40, 0, 0, 8)
    assert sum(found["sent_by_worker"]) == 40
    assert found["per_second"] > 0
    assert found["lone_lateness_s"] > 0
    assert set(found["cpu_seconds"]) == {"workers", "database", "sandboxes"}
    assert found["fsync"] == "on/on"


@pytest.mark.thorough
def test_weeks_of_practice_are_lived_through():
    figures = bench("practice", "--weeks", "1", "--channels", "2", "--posts", "3", "--on", "2")

    assert figures["arrived"]
    assert (figures["weeks"], figures["channels"], figures["deliveries"], figures["published"]) == (
        1,
        2,
        6,
        6,
    )
    assert figures["readings"] > figures["published"]


@pytest.mark.thorough
def test_a_whole_idle_installation_is_weighed():
    found = memory.run(rest_seconds=0.0)["pss_mb"]

    assert set(found) == {"web", "worker", "database", "total"}
    assert 0 < found["web"] + found["worker"] + found["database"] < found["total"]


def test_the_pages_to_visit_are_those_that_the_navigation_offers(as_alice, alice):
    member = Member.objects.select_related("workspace", "user").get(user=alice)
    request = RequestFactory().get("/")
    request.user, request.member = alice, member
    offered = {
        link.url
        for place in ("main", "account")
        for link in navigation.pages(request, place)
        if link.method == "get"
    }

    visited = pages.pages_of(member, Filled(1, 1, "2026-11-26", "2026-12-10", 1, 1, 1, "Carreaux"))

    assert offered <= {page.url for page in visited}
    assert len({page.name for page in visited}) == len(visited)


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (500, SHOWN, "answered with 500"),
        (302, "", "answered with 302"),
        (200, "", "is empty"),
        (200, "<nav>Calendrier Liste Canaux</nav><main> <h1></h1></main>", "is empty"),
        (200, "<nav>Chantier 7</nav><main><h1>Calendrier</h1> Rien ce mois-ci</main>", "does not show"),
    ],
)
def test_an_answer_that_is_no_page_fails(status: int, body: str, why: str):
    with pytest.raises(PageFailedError, match=why):
        check(CALENDAR, status, body)


def test_a_page_that_shows_its_data_passes():
    check(CALENDAR, 200, SHOWN)


def test_posts_are_moved_as_the_calendars_own_form_moves_them(
    as_alice: Client, alice: User, workspace: Workspace
):
    """Every post in turn, each time to another day; an answer that moved nothing fails the run."""
    today = workspace.today()
    planned = (workspace.now() + timedelta(days=10)).astimezone(workspace.tz)
    slot = Slot(planned.replace(tzinfo=None, second=0, microsecond=0), workspace.zone)
    channel = make_channel(workspace)
    post = save_post(
        workspace=workspace, author=alice, shared=Content(text="Chantier 7"), wordings=(Wording(channel),)
    )
    [delivery] = plan_post(post=post, slots={channel.pk: slot}, by=alice)
    shown_at = f"/calendar?date={planned.date()}"
    moves = Moves.read(shown_at, as_alice.get(shown_at).content.decode(), today.isoformat())

    days = [moves.form(number)["day"] for number in range(4)]
    answer = as_alice.post(moves.url, moves.form(1), headers=dict(moves.headers))
    moves.check(Answer(answer.status_code, answer.content))

    delivery.refresh_from_db()
    assert all(day != following for day, following in pairwise(days))
    assert delivery.due_at.astimezone(workspace.tz).date().isoformat() == days[1]
    for broken in (Answer(200, b'<section id="calendar"></section>'), Answer(403, answer.content)):
        with pytest.raises(PageFailedError):
            moves.check(broken)
    with pytest.raises(PageFailedError, match="nothing that can be moved"):
        Moves.read(shown_at, SHOWN, today.isoformat())


def visited(answer: Callable[[web.Request], Awaitable[web.Response]], times: int) -> Visits:
    """A page of a server that answers so, visited over two connections."""

    async def main() -> Visits:
        app = web.Application()
        app.router.add_get("/", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        visitor = Visitor(f"http://127.0.0.1:{runner.addresses[0][1]}", 2)
        try:
            return await visitor.visit(CALENDAR, times)
        finally:
            await visitor.close()
            await runner.cleanup()

    return asyncio.run(main())


def test_a_page_is_visited_as_often_as_asked_over_so_many_connections():
    here, most, count = 0, 0, 0

    async def answer(_request: web.Request) -> web.Response:
        nonlocal here, most, count
        here, count = here + 1, count + 1
        most = max(most, here)
        await asyncio.sleep(0)
        here -= 1
        return web.Response(text=SHOWN, content_type="text/html")

    seen = visited(answer, 9)

    assert (len(seen.seconds), count, seen.bytes) == (9, 9, len(SHOWN.encode()))
    assert most <= 2


def test_one_broken_answer_among_many_fails_the_run():
    count = 0

    async def answer(_request: web.Request) -> web.Response:
        nonlocal count
        count += 1
        return web.Response(text=SHOWN, content_type="text/html", status=500 if count == 5 else 200)

    with pytest.raises(PageFailedError, match="500"):
        visited(answer, 9)


def test_a_failed_page_is_told_and_ends_with_status_1(monkeypatch, capsys):
    def broken(**_sizes: object) -> dict[str, object]:
        raise PageFailedError("calendar (/) was answered with 500")

    monkeypatch.setattr(pages, "run", broken)

    assert command.main(["pages", "--json"]) == 1
    said = capsys.readouterr()
    assert "was answered with 500" in said.err
    assert said.out == ""
