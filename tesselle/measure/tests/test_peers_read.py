"""Peers' public figures: read once a day, frozen on it, never from practice, and a person's own stay."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.connectors.http.exchange import Exchange, Gate, Request, Response
from tesselle.connectors.registry import other_worlds, register_world
from tesselle.ledger.hot.pool import open_pool
from tesselle.measure.boards.peer_reading import is_read, read_one_peer
from tesselle.measure.models import Peer, PeerFigure
from tesselle.measure.tests.factories import make_channel
from tesselle.publish.tests.stage import database_url
from tesselle.workspaces.models import User, Workspace

PAGE = "https://bsky.app/profile/dalles.example"


@dataclass(slots=True)
class Told:
    """The network's side: what it answers, and what it was asked."""

    status: int = 200
    body: object = field(default_factory=lambda: {"followersCount": 1200, "postsCount": 345})
    asked: list[Request] = field(default_factory=list)

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        del gate
        self.asked.append(request)
        if not self.status:
            return Exchange(written=False, cause="no route")
        return Exchange(True, Response(self.status, {}, json.dumps(self.body).encode()))


@pytest.fixture
def told() -> Iterator[Told]:
    told = Told()
    with other_worlds():
        register_world("real", lambda _world: told)
        yield told


@pytest.fixture
def peer(transactional_db: None, workspace: Workspace) -> Peer:
    Workspace.objects.filter(pk=workspace.pk).update(world_kind=Workspace.WorldKind.REAL)
    return Peer.objects.create(workspace=workspace, network="bluesky", name="Dalles & Cie", url=PAGE)


def read_all() -> int:
    """Until nothing is due; how many were."""

    async def reading() -> int:
        db = await open_pool(database_url(), size=2)
        try:
            count = 0
            while await read_one_peer(db):
                count += 1
            return count
        finally:
            await db.close()

    return asyncio.run(reading())


def test_followers_and_posts_are_asked_once_a_day_without_a_sign_in(told: Told, peer: Peer):
    assert read_all() == 1
    assert read_all() == 0

    (request,) = told.asked
    assert request.origin == "https://public.api.bsky.app"
    assert "actor=dalles.example" in request.url
    assert "Authorization" not in request.headers
    figure = PeerFigure.objects.get()
    assert (figure.followers, figure.all_posts, figure.noted_by) == (1200, 345, None)
    peer.refresh_from_db()
    assert peer.next_at is not None
    assert timezone.now() < peer.next_at <= timezone.now() + timedelta(hours=30)


def test_what_a_person_noted_that_day_stays(told: Told, peer: Peer, alice: User):
    PeerFigure.objects.create(
        peer=peer, day=peer.workspace.today(), followers=999, posts=10, interactions=40, noted_by=alice
    )

    read_all()

    figure = PeerFigure.objects.get()
    assert (figure.followers, figure.posts, figure.interactions, figure.all_posts) == (999, 10, 40, 345)


def test_a_day_that_was_read_is_frozen(told: Told, peer: Peer):
    read_all()
    told.body = {"followersCount": 7, "postsCount": 7}
    Peer.objects.update(next_at=timezone.now())

    assert read_all() == 1
    assert PeerFigure.objects.get().followers == 1200


@pytest.mark.parametrize(
    ("status", "body", "within", "says"),
    [
        (400, {"error": "InvalidRequest"}, timedelta(hours=30), "Le réseau ne montre aucun compte"),
        (0, {}, timedelta(hours=2), "Le réseau n’a pas répondu"),
        (429, {}, timedelta(hours=2), "Le réseau n’a pas répondu"),
        (503, {}, timedelta(hours=2), "Le réseau n’a pas répondu"),
        (200, {"handle": "dalles.example"}, timedelta(hours=30), "ne dit pas combien"),
        (200, ["nonsense"], timedelta(hours=30), "ne dit pas combien"),
    ],
)
def test_a_day_without_an_answer_stays_empty_and_says_why(
    told: Told, peer: Peer, as_alice: Client, status: int, body: object, within: timedelta, says: str
):
    told.status, told.body = status, body

    assert read_all() == 1

    assert not PeerFigure.objects.exists()
    peer.refresh_from_db()
    assert peer.next_at is not None and timezone.now() < peer.next_at <= timezone.now() + within
    assert says in as_alice.get(reverse("measure:peers")).content.decode()
    told.status, told.body = 200, {"followersCount": 0, "postsCount": 0}
    Peer.objects.update(next_at=timezone.now())
    read_all()
    assert PeerFigure.objects.get().followers == 0
    assert says not in as_alice.get(reverse("measure:peers")).content.decode()


@pytest.mark.parametrize("change", ["practice", "gone"])
def test_practice_and_deleted_workspaces_ask_no_network(told: Told, peer: Peer, change: str):
    changed = (
        {"world_kind": Workspace.WorldKind.PRACTICE}
        if change == "practice"
        else {"deleted_at": timezone.now()}
    )
    Workspace.objects.filter(pk=peer.workspace_id).update(**changed)

    assert read_all() == 0
    assert told.asked == []


@pytest.mark.parametrize(("network", "url"), [("x", "https://x.com/dalles"), ("bluesky", ""), ("gone", PAGE)])
def test_where_a_network_tells_nobody_a_person_notes_them(told: Told, peer: Peer, network: str, url: str):
    Peer.objects.update(network=network, url=url)

    assert read_all() == 1
    assert read_all() == 0
    assert told.asked == []
    assert Peer.objects.get().next_at is None


def test_the_rate_of_posts_a_person_looked_at_outlives_the_daily_reading(
    told: Told, peer: Peer, as_alice: Client, alice: User
):
    make_channel(peer.workspace, "nous", "bluesky")
    PeerFigure.objects.create(
        peer=peer,
        day=peer.workspace.today() - timedelta(days=9),
        followers=1000,
        posts=10,
        interactions=300,
        noted_by=alice,
    )

    read_all()

    row = as_alice.get(reverse("measure:peers")).content.decode().split("<tbody>")[1].split("</tr>")[0]
    assert "3,0" in row
    assert "publications en tout" in row and "345" in row
    assert "relevé chaque jour" in row


@pytest.mark.parametrize(
    ("network", "page", "expected"),
    [
        ("bluesky", "https://bsky.app/profile/did:plc:abc123", True),
        ("bluesky", "https://bsky.app/profile/a.example/post/3k", False),
        ("bluesky", "http://bsky.app/profile/a.example", False),
        ("bluesky", "https://bsky.app.evil.example/profile/a.example", False),
        ("mastodon", "https://social.example/@dalles", True),
        ("mastodon", "https://social.example:8443/@dalles/", True),
        ("mastodon", "https://social.example/@dalles@autre.example", False),
        ("mastodon", "https://social.example/@dalles/112", False),
        ("mastodon", "https://user:key@social.example/@dalles", False),
        ("instagram", "https://www.instagram.com/dalles", False),
    ],
)
def test_only_pages_of_accounts_are_asked_about(network: str, page: str, expected: bool):
    assert is_read(network, page) is expected
