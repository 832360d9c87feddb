"""Months of a practice company put out at once are what the worker would have left, and the public's own figures."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tesselle.channels.conversation import ask
from tesselle.channels.models import Channel
from tesselle.connectors.protocols import Api, Connector, Figures, Measures
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote
from tesselle.ledger.models import Attempt, Delivery, Step, installation
from tesselle.measure.models import Mark, Snapshot
from tesselle.networks import slugs
from tesselle.sandbox import demo
from tesselle.sandbox.backfilling import READ_AFTER, Written, fill_in
from tesselle.sandbox.company.earlier import WEEKS, earlier_posts, networks
from tesselle.workspaces.models import Member, Role, User, Workspace

UNTIL = date(2026, 11, 4)
ZURICH = ZoneInfo("Europe/Zurich")
MONTHS = timedelta(days=60)


def test_no_two_ideas_say_the_same_and_all_lie_before_the_day():
    posts = earlier_posts(UNTIL, ZURICH)

    assert len({post.text for post in posts}) == len(posts) == 4 * WEEKS
    assert [post.at for post in posts] == sorted(post.at for post in posts)
    assert posts[-1].at.date() < UNTIL
    assert all("{" not in post.text for post in posts)
    assert {slug for post in posts for slug in post.networks} == networks() <= set(slugs())


@pytest.fixture
def person(tmp_path: Path, settings: Any, transactional_db: None) -> Iterator[User]:
    settings.MEDIA_ROOT = tmp_path / "media"
    installation()
    yield demo._person(*demo.login(tmp_path))


@pytest.fixture
def company(person: User) -> Workspace:
    workspace = Workspace.objects.create(name="Exemple", world_kind="practice", clock_shift=-MONTHS)
    Member.objects.create(workspace=workspace, user=person, role=Role.OWNER)
    return workspace


@pytest.mark.parametrize("network", ["facebook", "linkedin", "mastodon"])
def test_what_is_kept_is_what_the_network_tells_at_that_age(company: Workspace, person: User, network: str):
    channel = demo._channel(company, network, person)
    at = timezone.now() - MONTHS + timedelta(days=2)
    said = [Content(text=text, language="fr") for text in ("Chantier terminé à Nyon.", "Merci à l’équipe !")]
    ideas = [
        Written(at + timedelta(days=day), None, content, ((channel, content),))
        for day, content in enumerate(said)
    ]

    assert fill_in(company, ideas, person) == 2

    company.refresh_from_db()
    assert company.clock_shift == -MONTHS
    for delivery, idea in zip(Delivery.objects.order_by("due_at"), ideas, strict=True):
        assert (delivery.state, delivery.due_at, delivery.content) == ("live", idea.at, idea.shared)
        assert delivery.post.name == idea.shared.text
        kept = Snapshot.objects.get(series__delivery=delivery, at=idea.at + timedelta(days=7) + READ_AFTER)
        assert kept.values.items() <= _told(channel, delivery, kept.at).items()
        assert {"reactions", "comments", "shares"} <= set(kept.values)
    assert Attempt.objects.filter(state="accepted").count() == Step.objects.exclude(remote=None).count() >= 2
    assert set(Mark.objects.values_list("age_days", flat=True)) == {1, 7, 28}


def _told(channel: Channel, delivery: Delivery, at: Any) -> dict[str, int]:
    """What its network says of it, its clock at that instant."""
    assert delivery.remote is not None
    remote = Remote.from_json(delivery.remote)
    Workspace.objects.filter(pk=channel.workspace_id).update(clock_shift=at - timezone.now())
    channel.workspace.refresh_from_db()

    async def read(connector: Connector, api: Api) -> tuple[Figures, ...]:
        assert isinstance(connector, Measures)
        return await connector.post_figures([remote], api)

    [figures] = ask(channel, read)
    return {str(name): value for name, value in figures.values.items()}
