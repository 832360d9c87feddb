"""Plausible and Matomo over loopback: what they are asked, what their answers come to, what is said when they fail.

The tables in `statistics/` were written from plausible.io/docs/stats-api, the schema of queries and the refusals in
the source of plausible/analytics, and from developer.matomo.org's reporting API and the refusals in the source of
matomo-org/matomo; all read on 2026-11-25. Nothing that we did not write can drive these two here.
"""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tesselle.domain.errors import NetworkError
from tesselle.journal.models import Entry
from tesselle.links import addresses
from tesselle.links.models import Link
from tesselle.measure.models import SiteVisits, VisitSource
from tesselle.measure.site.reading import ask, asked_of, put, read_source, take
from tesselle.measure.site.selectors import told_elsewhere
from tesselle.measure.tests.factories import make_channel, make_out
from tesselle.vault import secrets
from tesselle.web.sentences import say
from tesselle.workspaces.models import User, Workspace

TABLES = Path(__file__).parent / "statistics"
FIRST, LAST = date(2026, 11, 20), date(2026, 11, 22)
TOKEN = "tres-secret-0123456789"
ROWS = [
    (kind, row)
    for kind in ("plausible", "matomo")
    for row in json.loads((TABLES / f"{kind}.json").read_text())
]

# Of query-api-schema.json; it takes nothing else.
QUERY_KEYS = {"site_id", "metrics", "date_range", "dimensions", "filters", "order_by", "include"}
DIMENSIONS = {
    "time:day", "visit:utm_source", "visit:utm_medium", "visit:utm_campaign", "visit:utm_content", "visit:utm_term",
}  # fmt: skip


class Loopback(ThreadingHTTPServer):
    """Speaks as either of the two: totals to the first question, marks to the second."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.row: dict[str, Any] = {"status": 200, "totals": {}, "marked": {}}
        self.seen: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.marks_a_day = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Loopback

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers["Content-Type"] == "application/json":
            asked = json.loads(text)
            is_total = len(asked["dimensions"]) == 1
        else:
            asked = {name: value[0] for name, value in parse_qs(text).items()}
            is_total = asked["method"] == "VisitsSummary.getVisits"
        self.server.seen.append((self.path, dict(self.headers), asked))
        row = self.server.row
        body = row["totals"] if is_total or row["status"] != 200 else row.get("marked", row["totals"])
        if self.server.marks_a_day:
            body = busy(asked, 0 if is_total else self.server.marks_a_day)
        self.send_response(row["status"])
        self.end_headers()
        self.wfile.write((body if isinstance(body, str) else json.dumps(body)).encode())

    def log_message(self, *_args: object) -> None:
        pass


def busy(asked: dict[str, Any], marks: int) -> dict[str, Any]:
    """Ten visits a day, of which each of so many marks has one."""
    first, last = (date.fromisoformat(day) for day in asked["date_range"])
    days = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    rows = [{"metrics": [10], "dimensions": [day]} for day in days]
    marked = [
        {"metrics": [1], "dimensions": [day, f"blog{n}", "", "", "", ""]}
        for day in days
        for n in range(marks)
    ]
    return {"results": marked if marks else rows}


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """Of the real world, which alone speaks to statistics."""
    workspace.world_kind = Workspace.WorldKind.REAL
    workspace.save()
    return workspace


@pytest.fixture
def server(settings: Any) -> Iterator[Loopback]:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, allowed_private=("127.0.0.1",))
    server = Loopback()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def make_source(workspace: Workspace, server: str, kind: str = "plausible") -> VisitSource:
    return VisitSource.objects.create(
        workspace=workspace,
        kind=kind,
        server=server,
        site="3" if kind == "matomo" else "c.example",
        sealed_token=secrets.seal({"token": TOKEN}),
        next_at=workspace.now() - timedelta(minutes=1),
    )


def placed(row: dict[str, Any], place: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(row).replace("PLACE", place))
    return found


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=lambda one: one if isinstance(one, str) else one["case"])
def test_each_answer_comes_to_visits_or_to_words(
    workspace: Workspace, server: Loopback, kind: str, row: dict[str, Any]
):
    channel = make_channel(workspace)
    out = make_out(channel, workspace.now() - timedelta(days=9))
    Link.objects.create(workspace=workspace, code="bcdfghj", target="https://c.example", post=out.post)
    server.row = placed(row, addresses.place_of("bcdfghj", channel.pk))
    source = make_source(workspace, server.address, kind)

    if "says" in row:
        with pytest.raises(NetworkError) as refused:
            ask(kind, asked_of(source), FIRST, LAST)
        with translation.override("fr"):
            said = say(refused.value.message)
        assert row["says"] in said
        assert TOKEN not in said
        return
    for _ in range(2):  # read again, a day is replaced
        put(source, ask(kind, asked_of(source), FIRST, LAST), FIRST, LAST)

    kept: dict[str, list[int]] = {}
    for one in SiteVisits.objects.order_by("day", "visits"):
        kept.setdefault(one.day.isoformat(), []).append(one.visits)
    assert kept == row["kept"]
    if "PLACE" in json.dumps(row):
        ours = SiteVisits.objects.get(post=out.post)
        assert ours.channel == channel


def test_plausible_is_asked_nothing_that_its_schema_does_not_know(workspace: Workspace, server: Loopback):
    server.row = {"status": 200, "totals": {"results": []}}

    ask("plausible", asked_of(make_source(workspace, server.address)), FIRST, LAST)

    for path, headers, asked in server.seen:
        assert (path, headers["Authorization"]) == ("/api/v2/query", f"Bearer {TOKEN}")
        assert set(asked) <= QUERY_KEYS
        assert set(asked["dimensions"]) <= DIMENSIONS
        assert (asked["metrics"], asked["date_range"]) == (["visits"], ["2026-11-20", "2026-11-22"])
    assert len(server.seen) == 2


def test_matomos_token_stands_in_the_body_and_in_no_address(workspace: Workspace, server: Loopback):
    server.row = {"status": 200, "totals": {}}

    ask("matomo", asked_of(make_source(workspace, f"{server.address}/stats", "matomo")), FIRST, LAST)

    assert {asked["method"] for _path, _headers, asked in server.seen} == {
        "VisitsSummary.getVisits", "Referrers.getCampaigns",
    }  # fmt: skip
    for path, _headers, asked in server.seen:
        assert path == "/stats/index.php"
        assert (asked["token_auth"], asked["idSite"], asked["period"]) == (TOKEN, "3", "day")
        assert asked["date"] == "2026-11-20,2026-11-22"


def test_it_is_connected_read_by_the_worker_shown_and_let_go(
    as_alice: Client, workspace: Workspace, server: Loopback
):
    yesterday = (workspace.today() - timedelta(days=1)).isoformat()
    server.row = {
        "status": 200,
        "totals": {"results": [{"metrics": [987], "dimensions": [yesterday]}]},
        "marked": {"results": []},
    }
    page = reverse("measure:visit_sources")
    answers = {"kind": "plausible", "server": f"{server.address}/", "site": "c.example", "token": TOKEN}

    as_alice.post(page, answers)

    source = VisitSource.objects.get()
    assert TOKEN not in source.sealed_token
    assert TOKEN not in as_alice.get(page).content.decode()
    taken = take()
    assert taken == source
    assert take() is None  # nobody else takes it meanwhile
    read_source(taken)
    shown = as_alice.get(reverse("links:links")).content.decode()
    assert "Plausible, c.example" in shown
    assert "987" in shown
    assert SiteVisits.objects.count() == 91  # each day it answered for, those of zero too
    as_alice.post(reverse("measure:let_go_visit_source", args=[source.pk]))
    source.refresh_from_db()
    assert (source.sealed_token, source.next_at) == ("", None)
    assert "987" in as_alice.get(reverse("links:links")).content.decode()
    assert Entry.objects.filter(verb__startswith="visits.source").count() == 2


def test_an_outage_is_told_in_words_and_tried_again_and_loses_nothing(
    as_alice: Client, workspace: Workspace, server: Loopback
):
    source = make_source(workspace, server.address)
    server.row = {"status": 503, "totals": ""}

    read_source(source)

    source.refresh_from_db()
    assert (source.failures, source.read_until) == (1, None)
    assert isinstance(source.next_at, datetime)
    assert source.next_at > workspace.now()
    page = as_alice.get(reverse("measure:visit_sources")).content.decode()
    assert "n’a pas répondu (HTTP 503)" in page
    assert told_elsewhere(workspace, FIRST, workspace.today()) == []
    server.row = {"status": 200, "totals": {"results": []}}
    read_source(source)
    source.refresh_from_db()
    assert (source.failures, source.problem) == (0, {})
    assert source.read_until == workspace.today() - timedelta(days=1)


def test_what_cannot_be_read_is_not_kept_and_said_in_the_form(
    as_alice: Client, workspace: Workspace, server: Loopback
):
    server.row = {"status": 401, "totals": {"error": "Invalid API key"}}
    page = reverse("measure:visit_sources")
    answers = {"kind": "plausible", "server": server.address, "site": "c.example", "token": TOKEN}

    refused = as_alice.post(page, answers)
    nonsense = as_alice.post(page, {**answers, "server": "javascript:alert(1)"})
    halved = as_alice.post(page, {**answers, "server": "https://[::1"})
    port = as_alice.post(page, {**answers, "server": "https://stats.example:99999"})
    sign = as_alice.post(page, {**answers, "token": "clé\nd’accès"})
    named = as_alice.post(page, {**answers, "kind": "matomo"})

    told = (refused, nonsense, halved, port, sign, named)
    assert [one.status_code for one in told] == [422] * 6
    assert "jeton d’accès pour c.example" in refused.content.decode()
    assert TOKEN not in refused.content.decode()
    assert not VisitSource.objects.exists()


def test_a_private_address_is_not_spoken_to(as_alice: Client, server: Loopback, settings: Any):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, allowed_private=())

    answer = as_alice.post(
        reverse("measure:visit_sources"),
        {"kind": "plausible", "server": server.address, "site": "c.example", "token": TOKEN},
    )

    assert "réseau privé" in answer.content.decode()
    assert server.seen == []


def test_a_practice_company_speaks_to_nobody_outside(
    as_alice: Client, workspace: Workspace, server: Loopback
):
    Workspace.objects.filter(pk=workspace.pk).update(world_kind="practice")
    make_source(workspace, server.address)
    page = reverse("measure:visit_sources")

    as_alice.post(page, {"kind": "plausible", "server": server.address, "site": "x.example", "token": TOKEN})

    assert take() is None
    assert server.seen == []
    assert 'name="token"' not in as_alice.get(page).content.decode()


def test_a_stranger_finds_nothing_and_an_editor_touches_no_secret(
    client: Client, mallory: User, chloe: User, workspace: Workspace
):
    source = make_source(workspace, "https://stats.example")
    acts = [
        reverse(f"measure:{name}", args=[source.pk]) for name in ("read_visit_source", "let_go_visit_source")
    ]
    page = reverse("measure:visit_sources")

    client.force_login(mallory)
    assert [client.post(act).status_code for act in acts] == [404, 404]
    assert "stats.example" not in client.get(page).content.decode()
    client.force_login(chloe)
    assert [client.post(act).status_code for act in (*acts, page)] == [403] * 3
    assert client.get(page).status_code == 403
    source.refresh_from_db()
    assert source.sealed_token


def test_a_token_that_cannot_be_read_any_more_is_said_and_not_tried_for_ever(
    as_alice: Client, workspace: Workspace, server: Loopback
):
    """The key of the installation was changed, or a backup was brought back without it."""
    source = make_source(workspace, server.address)
    VisitSource.objects.filter(pk=source.pk).update(sealed_token="gAAAAA")
    taken = take()
    assert taken is not None

    read_source(taken)

    source.refresh_from_db()
    assert source.failures == 1
    assert "connectez-le à nouveau" in as_alice.get(reverse("measure:visit_sources")).content.decode()
    assert server.seen == []


def test_a_busy_site_is_asked_for_fewer_days_at_once(
    workspace: Workspace, server: Loopback, monkeypatch: pytest.MonkeyPatch
):
    """Plausible tells so many rows and no more: what is behind them would be missing without a word."""
    monkeypatch.setattr("tesselle.measure.site.plausible.MOST_ROWS", 8)
    server.marks_a_day = 2
    source = make_source(workspace, server.address)

    read_source(source)

    source.refresh_from_db()
    assert (source.failures, source.problem) == (0, {})
    marked = SiteVisits.objects.filter(source=source).exclude(marks={})
    assert (marked.count(), marked.values("day").distinct().count()) == (2 * 91, 91)
