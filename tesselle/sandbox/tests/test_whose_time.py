"""Beside a practice clock that was moved: what is told by that clock, and what by the real one."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.ideas import add_idea
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.journal.services import record
from tesselle.plan.rhythm.feeds import open_feed
from tesselle.report import links as report_links
from tesselle.report.month import Month
from tesselle.review.links import make_link
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.clock import services
from tesselle.sandbox.models import ClockRun
from tesselle.sandbox.tests.living import carried
from tesselle.web.page_clock import APART
from tesselle.workspaces.clocks import clock_of
from tesselle.workspaces.invitations import invite
from tesselle.workspaces.journal_pages import lines
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db

AHEAD = timedelta(days=40)
"""Further than any of the links below is good for."""

HOUR = timedelta(hours=1)
REALLY = ", à l’heure réelle"


def move_on(workspace: Workspace) -> None:
    """As a run leaves it that began an hour ago and took a minute."""
    began = timezone.now() - HOUR
    ended = began + timedelta(minutes=1)
    ClockRun.objects.create(
        workspace=workspace,
        state=ClockRun.State.ARRIVED,
        started_at=began,
        began_at=began,
        moved_at=ended,
        ended_at=ended,
        reached=ended + AHEAD,
        until=ended + AHEAD,
    )
    workspace.clock_shift = AHEAD
    workspace.save(update_fields=["clock_shift"])


def said_of(page: str, instant: datetime) -> str:
    """What stands right behind that instant."""
    found = re.search(rf'<time datetime="{re.escape(instant.isoformat())}"[^>]*>[^<]*</time>([^<]*)', page)
    assert found is not None, f"{instant} is not told"
    return found.group(1)


@pytest.fixture
def post(company: Channel, alice: User) -> Post:
    return save_post(
        workspace=company.workspace,
        author=alice,
        shared=Content(text="Un zellige"),
        wordings=(Wording(company),),
    )


def approval(workspace: Workspace, by: User) -> tuple[datetime, str]:
    post = Post.objects.get(workspace=workspace)
    link, _ = make_link(workspace, [post], name="Mme Rochat", days=7, by=by)
    return link.expires_at, reverse("review:approvals")


def report(workspace: Workspace, by: User) -> tuple[datetime, str]:
    month = Month.of(workspace.today(), workspace.tz)
    link, _ = report_links.make_link(workspace, month, name="Mme Rochat", days=30, by=by)
    return link.expires_at, reverse("report:share")


def report_by_link(workspace: Workspace, by: User) -> tuple[datetime, str]:
    month = Month.of(workspace.today(), workspace.tz)
    link, token = report_links.make_link(workspace, month, name="Mme Rochat", days=30, by=by)
    return link.expires_at, reverse("report:by_link", args=[token])


def calendar(workspace: Workspace, by: User) -> tuple[datetime, str]:
    feed, _ = open_feed(workspace, "Mme Rochat", by=by, days=30)
    assert feed.expires_at is not None
    return feed.expires_at, reverse("plan:feeds")


def invitation(workspace: Workspace, by: User) -> tuple[datetime, str]:
    made, _ = invite(workspace, email="denise@example.org", role="viewer", by=by)
    return made.expires_at, reverse("workspaces:members")


@pytest.mark.parametrize("made", [approval, report, report_by_link, calendar, invitation])
def test_what_strangers_can_open_says_that_it_ends_by_the_real_clock(
    made: Callable[[Workspace, User], tuple[datetime, str]],
    as_alice: Client,
    alice: User,
    post: Post,
):
    expires_at, address = made(post.workspace, alice)
    assert REALLY not in said_of(as_alice.get(address).content.decode(), expires_at)

    move_on(post.workspace)

    assert expires_at < post.workspace.now()
    assert REALLY in said_of(as_alice.get(address).content.decode(), expires_at)


def test_a_report_read_by_somebody_at_home_elsewhere_goes_by_its_own_workspace(
    alice: User, mallory: User, company: Channel, client: Client
):
    move_on(company.workspace)
    expires_at, address = report_by_link(company.workspace, alice)
    client.force_login(mallory)

    assert REALLY in said_of(
        client.get(address, headers={"accept-language": "fr"}).content.decode(), expires_at
    )


def test_what_is_said_of_a_post_is_told_by_the_practice_clock_on_both_sides_of_a_link(
    as_alice: Client, alice: User, post: Post
):
    move_on(post.workspace)
    _, token = make_link(post.workspace, [post], name="Mme Rochat", days=7, by=alice)
    by_link = reverse("review:by_link", args=[token])
    about = {"post": post.pk, "revision": post.current_id}
    Client().post(reverse("review:comment_by_link", args=[token]), about | {"text": "Quel bleu !"})
    Client().post(reverse("review:answer_by_link", args=[token]), about | {"verdict": "yes"})

    for page in (
        as_alice.get(reverse("review:post", args=[post.pk])).content.decode(),
        Client().get(by_link).content.decode(),
    ):
        told = [datetime.fromisoformat(one) for one in re.findall(r'<time datetime="([^"]+)"', page)]
        assert sum(abs(at - post.workspace.now()) < HOUR for at in told) == 2
        assert not any(abs(at - timezone.now()) < HOUR for at in told)


@pytest.mark.parametrize("page", ["versions", "version", "drafts", "ideas", "channel"])
def test_what_was_written_and_connected_is_told_at_the_time_it_was_there(
    page: str, as_alice: Client, alice: User, post: Post
):
    move_on(post.workspace)
    channel = connect_simulated(workspace=post.workspace, network="bluesky", by=alice)
    save_post(
        workspace=post.workspace, author=alice, shared=Content(text="Deux zelliges"), wordings=(), post=post
    )
    add_idea(post.workspace, text="Un sol en damier", by=alice)
    address = {
        "versions": reverse("compose:versions", args=[post.pk]),
        "version": reverse("compose:version", args=[post.pk, 2]),
        "drafts": reverse("compose:drafts"),
        "ideas": reverse("compose:ideas"),
        "channel": reverse("channels:detail", args=[channel.pk]),
    }[page]

    shown = as_alice.get(address).content.decode()

    told = [datetime.fromisoformat(one) for one in re.findall(r'<time datetime="([^"]+)"', shown)]
    assert any(abs(at - post.workspace.now()) < HOUR for at in told)
    assert not any(abs(at - timezone.now()) < HOUR for at in told)


def test_the_journal_tells_what_people_did_at_the_practice_clock_with_the_real_hour_beside(
    as_alice: Client, company: Channel
):
    workspace = company.workspace
    record("workspace.changed", workspace_id=workspace.pk, subject_kind="workspace", subject_id=workspace.pk)
    before = Entry.objects.latest("pk")
    Entry.objects.filter(pk=before.pk).update(at=timezone.now() - 2 * HOUR)
    move_on(workspace)
    record("workspace.changed", workspace_id=workspace.pk, subject_kind="workspace", subject_id=workspace.pk)
    record("delivery.live", workspace_id=workspace.pk, subject_kind="delivery", subject_id=1)
    by_its_clock = Entry.objects.latest("pk")
    Entry.objects.filter(pk=by_its_clock.pk).update(at=workspace.now())

    delivered, after, early = as_alice.get(reverse("workspaces:journal")).context["lines"][:3]

    assert (delivered.at, delivered.really) == (Entry.objects.get(pk=by_its_clock.pk).at, None)
    assert after.at - after.really == AHEAD
    assert abs(after.at - delivered.at) < timedelta(minutes=1)
    assert (early.at, early.really) == (Entry.objects.get(pk=before.pk).at, None)
    page = as_alice.get(reverse("workspaces:journal")).content.decode()
    assert "en réalité" in page


@pytest.mark.django_db(transaction=True)
def test_its_past_is_that_of_a_clock_which_a_worker_carried(company: Channel, alice: User, tmp_path: Path):
    workspace = company.workspace
    stood_at = [(timezone.now(), workspace.now())]
    for days in (3, 30):
        run = services.go_until(workspace=workspace, until=workspace.now() + timedelta(days=days), by=alice)
        carried(run, tmp_path)
        workspace.refresh_from_db()
        stood_at.append((timezone.now(), workspace.now()))

    clock = clock_of(workspace)

    for really, shown in stood_at:
        assert abs(clock.own(really) - shown) < APART
    (moved, *_) = lines(Entry.objects.filter(verb="practice.clock_moved").order_by("-pk"), clock)
    assert abs(moved.at - run.began_at) < APART
