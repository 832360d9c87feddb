"""A page with sixty things asks the database as often as one with ten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tesselle.adapt.services import accept
from tesselle.adapt.tests.factories import make_run, make_slot_suggestion
from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content
from tesselle.learn.models import Finding
from tesselle.ledger.models import Delivery
from tesselle.measure.business import today
from tesselle.measure.models import BusinessResult, PastPost, Series, Snapshot
from tesselle.measure.tests.factories import make_channel, make_counts, make_mark
from tesselle.networks import plugin, slugs
from tesselle.ops.commands.networks import plain_account
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import Workspace


def take_words_alone() -> list[str]:
    """The networks that a post of words alone can be planned on."""
    found = []
    for slug in slugs():
        network = plugin(slug)
        account = plain_account(network, network.card.account_kinds[0].slug)
        if is_plannable(
            check(Content("Terrasse"), network.connector.limits(account), options=network.card.options)
        ):
            found.append(slug)
    return found


WORDS_ALONE = take_words_alone()


def add_channel(workspace: Workspace, number: int) -> Channel:
    return Channel.objects.create(
        workspace=workspace,
        network=WORDS_ALONE[number % len(WORDS_ALONE)],
        kind="",
        remote_id=f"r{number}",
        server="https://example.org",
        handle=f"carreaux{number}",
    )


def add_posts(workspace: Workspace, first: int, count: int) -> None:
    """Each with its own channel, planned today; every other one went out, was measured, or needs somebody."""
    for number in range(first, first + count):
        channel = add_channel(workspace, number)
        post = save_post(
            workspace=workspace,
            author=None,
            shared=Content(text=f"Terrasse {number}"),
            wordings=(Wording(channel),),
        )
        [delivery] = plan_post(post=post, slots={channel.pk: Slot.at_once(workspace)}, by=None)
        state = ("planned", "live", "missed", "unknown")[number % 4]
        Delivery.objects.filter(pk=delivery.pk).update(state=state)
        series = Series.objects.create(channel=channel, delivery=delivery, published_at=timezone.now())
        Snapshot.objects.create(series=series, at=timezone.now(), values={"reactions": number})
        PastPost.objects.create(
            channel=channel,
            remote_id=f"p{number}",
            posted_at=timezone.now() - timedelta(hours=1),
            text="Avant",
        )


def add_drafts(workspace: Workspace, first: int, count: int) -> None:
    for number in range(first, first + count):
        save_post(workspace=workspace, author=None, shared=Content(text=f"Brouillon {number}"), wordings=())


def add_measured(workspace: Workspace, first: int, count: int) -> None:
    """Channels with a post each that has figures, and a quote request."""
    for number in range(first, first + count):
        channel = make_channel(workspace, f"carreaux{number}")
        make_mark(channel, 40, **make_counts(number))
        BusinessResult.objects.create(
            workspace=workspace, channel=channel, day=today(workspace), kind="quote"
        )


def add_findings(workspace: Workspace, first: int, count: int) -> None:
    run = make_run(workspace)
    for number in range(first + count):
        channel = add_channel(workspace, first * 100 + number)
        Finding.objects.create(
            run=run, place=number, channel=channel, factor="format", level="film", certainty="clear",
            probability=0.97, low=0.1, middle=0.2, high=0.3, posts=9, others=9,
        )  # fmt: skip
        make_slot_suggestion(channel)


def add_suggestions(workspace: Workspace, first: int, count: int) -> None:
    for number in range(first, first + count):
        channel = add_channel(workspace, number)
        suggestion = make_slot_suggestion(channel)
        make_slot_suggestion(channel)
        accept(suggestion, by=workspace.members.get().user)


def queries_of(client: Client, url: str) -> int:
    client.get(url)  # what a first visit keeps (the session, the choice of language) is paid
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("add", "pages"),
    [
        (
            add_posts,
            ("plan:calendar", "plan:list", "plan:missed", "publish:needs", "channels:list", "compose:new"),
        ),
        (add_drafts, ("compose:drafts",)),
        (add_measured, ("measure:overview", "report:report")),
        (add_findings, ("learn:findings",)),
        (add_suggestions, ("adapt:decisions",)),
    ],
)
def test_the_number_of_queries_does_not_grow_with_what_is_shown(
    as_alice: Client,
    workspace: Workspace,
    add: Callable[[Workspace, int, int], None],
    pages: tuple[str, ...],
):
    add(workspace, 0, 10)
    of_ten = {page: queries_of(as_alice, reverse(page)) for page in pages}
    add(workspace, 10, 50)

    assert {page: queries_of(as_alice, reverse(page)) for page in pages} == of_ten


def test_a_deliverys_page_asks_as_often_with_many_readings(as_alice: Client, workspace: Workspace):
    add_posts(workspace, 1, 1)
    series = Series.objects.get()
    page = reverse("publish:delivery", args=[series.delivery_id])
    of_one = queries_of(as_alice, page)
    Snapshot.objects.bulk_create(
        Snapshot(series=series, at=timezone.now() + timedelta(hours=n), values={"reactions": n})
        for n in range(50)
    )

    assert queries_of(as_alice, page) == of_one
