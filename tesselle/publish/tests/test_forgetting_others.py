"""Whom we answered is forgotten as soon as their network asks; the answer itself stays ours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.ledger.models import Delivery
from tesselle.ledger.services.forgetting import forget_others
from tesselle.measure.boards.team import answered
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.publish.tests.test_needs import waiting
from tesselle.workspaces.models import Workspace

TO = {"id": "t1_zz1", "url": "https://www.reddit.com/user/bob/comments/zz1", "extra": {"author": "bob"}}


@pytest.mark.parametrize(
    ("network", "hours", "state", "forgotten"),
    [
        ("reddit", 49, "live", True),
        ("reddit", 47, "live", False),
        ("linkedin", 25, "live", True),
        ("mastodon", 999, "live", False),
        ("reddit", 999, "unknown", False),
    ],
)
def test_whom_an_answer_was_given_to_is_kept_as_long_as_the_network_allows(
    workspace: Workspace, network: str, hours: int, state: str, forgotten: bool
):
    channel = channel_in(workspace)
    delivery = waiting(workspace, channel, state, purpose="answer", target=TO)
    Channel.objects.filter(pk=channel.pk).update(network=network)
    Delivery.objects.filter(pk=delivery.pk).update(changed_at=timezone.now() - timedelta(hours=hours))

    told = forget_others(timezone.now())

    delivery.refresh_from_db()
    assert told == int(forgotten)
    assert delivery.target == ({"id": "t1_zz1", "url": "", "extra": {}} if forgotten else TO)
    assert forget_others(timezone.now()) == 0


@pytest.mark.parametrize("network", ["linkedin", "reddit"])
def test_how_long_an_answer_took_is_known_after_whom_it_answered_is_forgotten(
    workspace: Workspace, network: str
):
    channel, now = channel_in(workspace), workspace.now()
    asked_at = now - timedelta(hours=76)
    delivery = waiting(
        workspace, channel, "live", purpose="answer", target=TO | {"said_at": asked_at.isoformat()}
    )
    Channel.objects.filter(pk=channel.pk).update(network=network)
    Delivery.objects.filter(pk=delivery.pk).update(
        changed_at=timezone.now() - timedelta(hours=50),
        due_at=now - timedelta(hours=74),
        live_at=asked_at + timedelta(hours=2),
    )
    since, until = now - timedelta(days=7), now
    before = answered(workspace, since, until)

    assert forget_others(timezone.now()) == 1

    assert answered(workspace, since, until) == before
    assert (before.count, before.seconds) == (1, 7_200)
    assert "bob" not in str(Delivery.objects.get(pk=delivery.pk).target)
