"""`tesselle bench pages`: every page of the navigation, with years of posts behind it, and a post moved.

The pages come from the processes that `tesselle web` starts, over loopback HTTP, to one signed-in
person with eight connections. `cpu_ms` is the processor time of those processes and of the whole
database (its sessions, those that ended meanwhile included), read from /proc before and after all
visits of a page and shared out among them; the visitor's own is not in it. `queries` is counted
once a page in this process, by the same views on the same rows with the same session, so that the
processes that are timed stay what they are in use.
"""

import asyncio
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tesselle.ops.bench.channels import open_channels
from tesselle.ops.bench.data import TITLE, Filled, fill
from tesselle.ops.bench.moves import Moves
from tesselle.ops.bench.visits import Answer, Page, Visitor, Visits, check
from tesselle.ops.process_tree import cpu_seconds
from tesselle.ops.scratch import Scratch, scratch_installation

if TYPE_CHECKING:
    from django.test import Client

    from tesselle.workspaces.models import Member

CHANNELS_PER_NETWORK = 2
SNAPSHOTS_PER_POST = 100
VISITS = 160
WARMING = 48
"""Until the connections are shared out and each process has drawn each part of the page once."""

EMAIL = "mesure@example.org"
NAME = "Mesure"
MOVE = "calendar.move"


def run(*, posts: int, snapshots: int | None, connections: int, visits: int = VISITS) -> dict[str, Any]:
    """The measured figures, as the command prints them.

    Raises:
        PageFailedError: a page answered with an error or was empty.
    """
    with scratch_installation() as scratch:
        from tesselle.networks import slugs
        from tesselle.workspaces.models import Member, Role, User, Workspace

        scratch.start_sandboxes()
        password = secrets.token_urlsafe(12)
        person = User.objects.create_user(EMAIL, password, name=NAME)
        workspace = Workspace.objects.create(name=NAME)
        member = Member.objects.create(workspace=workspace, user=person, role=Role.OWNER)
        channels = open_channels(scratch, workspace, CHANNELS_PER_NETWORK * len(slugs()))
        scratch.stop(scratch.sandboxes)
        wanted = posts * SNAPSHOTS_PER_POST if snapshots is None else snapshots
        filled = fill(workspace, person, channels, posts=posts, snapshots=wanted)
        server = _serve(scratch)
        plan = Plan(pages_of(member, filled), _calendar_with_plans(filled), filled.today, visits)
        visited = asyncio.run(_visit_all(server, password, plan, connections=connections))
        return {
            "posts": filled.posts,
            "snapshots": filled.snapshots,
            "connections": connections,
            "pages": {
                **{
                    page.name: {**figures, "queries": _queries(page, visited.session)}
                    for page, figures in visited.pages
                },
                MOVE: {
                    **visited.moved,
                    "queries": _queries_of_move(visited.moves, plan.warming + visits, visited.session),
                },
            },
        }


def pages_of(member: "Member", filled: Filled) -> list[Page]:
    """What the navigation leads to, then pages that lie deeper."""
    from django.urls import reverse

    known = {
        reverse("plan:calendar"): TITLE,
        reverse("plan:list"): TITLE,
        reverse("compose:new"): filled.channel_name,
        reverse("compose:drafts"): TITLE,
        reverse("channels:list"): filled.channel_name,
    }
    deeper = [
        Page("list.deep", f"{reverse('plan:list')}?page=100", TITLE),
        Page("delivery", reverse("publish:delivery", args=[filled.delivery_id]), TITLE),
        Page("composer.written", reverse("compose:edit", args=[filled.post_id]), filled.channel_name),
        Page("missed", reverse("plan:missed")),
        Page("figures.year", f"{reverse('measure:overview')}?days=365", filled.channel_name),
        Page("figures.aims", f"{reverse('measure:aims')}?days=365", "Pilier 1"),
        Page("figures.audience", f"{reverse('measure:audience')}?days=365", filled.channel_name),
        Page("figures.team", f"{reverse('measure:team')}?days=365", NAME),
        Page("figures.peers", reverse("measure:peers")),
        Page("figures.channel", reverse("measure:channel", args=[filled.channel_id]), filled.channel_name),
        Page("figures.post", reverse("measure:post", args=[filled.post_id]), TITLE),
    ]
    return [Page(_name_of(url), url, known.get(url, "")) for url in _linked(member)] + deeper


def _linked(member: "Member") -> Iterable[str]:
    """Every address that the navigation offers this person, as the shell would draw it."""
    from django.test import RequestFactory

    from tesselle.web import navigation

    request = RequestFactory().get("/")
    request.user = member.user
    request.member, request.workspace = member, member.workspace  # type: ignore[attr-defined]
    drawn = [*navigation.pages(request, "main"), *navigation.pages(request, "account")]
    return dict.fromkeys(link.url for link in drawn if link.method == "get")


def _name_of(url: str) -> str:
    """The pages that the figures are held for by their own names, the others with their folder's."""
    from django.urls import resolve

    place = resolve(url.partition("?")[0])
    folder, name = place.app_name, place.url_name or url
    if (folder, name) == ("compose", "new"):
        return "composer"
    if folder in ("", "plan"):
        return name
    return folder if name in ("list", "index", "home") else f"{folder}.{name}"


@dataclass(frozen=True, slots=True)
class Server:
    """`members`: the processes whose time counts."""

    base: str
    members: tuple[int, ...]


def _serve(scratch: Scratch) -> Server:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = scratch.start("tesselle", "web", "--port", str(port))
    return Server(f"http://127.0.0.1:{port}", (process.pid, scratch.postgres.own_pid or 0))


@dataclass(frozen=True, slots=True)
class Plan:
    """`calendar`: where posts are moved; `visits`: of each page, after as many as warm it."""

    pages: list[Page]
    calendar: str
    today: str
    visits: int

    @property
    def warming(self) -> int:
        return min(WARMING, self.visits)


@dataclass(frozen=True, slots=True)
class Visited:
    session: str
    pages: list[tuple[Page, dict[str, Any]]]
    moves: Moves
    moved: dict[str, Any]


async def _visit_all(server: Server, password: str, plan: Plan, *, connections: int) -> Visited:
    """The moves come last: every page is read as it was filled."""
    visitor, visits, warming = Visitor(server.base, connections), plan.visits, plan.warming
    try:
        await visitor.wait_for_server()
        session = await visitor.sign_in(EMAIL, password)
        found = []
        for page in plan.pages:
            await visitor.visit(page, warming)
            found.append((page, await _measured(server, visitor.visit(page, visits), visits)))
        moves = Moves.read(plan.calendar, await visitor.read(plan.calendar), plan.today)
        await visitor.send(moves, range(warming))
        numbers = range(warming, warming + visits)
        return Visited(session, found, moves, await _measured(server, visitor.send(moves, numbers), visits))
    finally:
        await visitor.close()


async def _measured(server: Server, visit: Awaitable[Visits], visits: int) -> dict[str, Any]:
    before = cpu_seconds(server.members)
    seen = await visit
    cpu = cpu_seconds(server.members) - before
    return {
        "p50_ms": seen.percentile_ms(0.5),
        "p95_ms": seen.percentile_ms(0.95),
        "cpu_ms": round(cpu * 1000 / visits, 1),
        "bytes": seen.bytes,
    }


def _calendar_with_plans(filled: Filled) -> str:
    """The month with the post in the middle of all that are planned."""
    from django.urls import reverse

    return f"{reverse('plan:calendar')}?date={filled.planned_day}"


def _queries(page: Page, session: str) -> int:
    answer, count = _asked_here(session, lambda client: client.get(page.url))
    check(page, answer.status, answer.text)
    return count


def _queries_of_move(moves: Moves, number: int, session: str) -> int:
    answer, count = _asked_here(
        session, lambda client: client.post(moves.url, moves.form(number), headers=dict(moves.headers))
    )
    moves.check(answer)
    return count


def _asked_here(session: str, ask: Callable[["Client"], Any]) -> tuple[Answer, int]:
    """In this process: the answer, and how many queries it took."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1", "accept-language": "fr"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    with CaptureQueriesContext(connection) as captured:
        answer = ask(client)
    return Answer(answer.status_code, answer.content), len(captured)
