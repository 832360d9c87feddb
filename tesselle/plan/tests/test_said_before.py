"""What was said before is told beside the text, and keeps nobody from saying it again."""

from datetime import timedelta

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.compose.tests.forms import form
from tesselle.ledger.models import Delivery
from tesselle.plan.tests.test_calendar import channel_in, planned
from tesselle.workspaces.models import Member, User, Workspace

SAID = "Une salle de bain en zellige vert, posée à Lutry en onze jours"


@pytest.fixture
def out(workspace: Workspace) -> Delivery:
    delivery = planned(workspace, channel_in(workspace), workspace.now() - timedelta(days=30), SAID)
    Delivery.objects.filter(pk=delivery.pk).update(state="live")
    return delivery


def asked(client: Client, channel: Channel, text: str, **more: str) -> str:
    return client.post("/posts/said-before", form(channel, text=text, **more)).content.decode()


def test_nearly_the_same_words_are_told_with_their_day_and_what_is_new_is_not(
    as_alice: Client, out: Delivery
):
    near = asked(as_alice, out.channel, SAID.replace("vert", "bleu"))
    assert "presque" in near and f"/deliveries/{out.pk}" in near
    assert "presque" not in asked(
        as_alice, out.channel, "Une cuisine en terrazzo clair, posée à Vevey en six jours"
    )


def test_a_post_is_not_told_of_itself_nor_of_what_was_called_off(as_alice: Client, out: Delivery):
    assert "presque" not in asked(as_alice, out.channel, SAID, **{"own-post": str(out.post_id)})
    assert "presque" not in as_alice.get(f"/posts/{out.post_id}").content.decode()
    Delivery.objects.filter(pk=out.pk).update(state="cancelled")
    assert "presque" not in asked(as_alice, out.channel, SAID)


def test_mallory_is_told_nothing_of_ours(client: Client, mallory: User, out: Delivery):
    client.force_login(mallory)
    theirs = channel_in(Member.objects.get(user=mallory).workspace, "ailleurs")
    assert "presque" not in asked(client, theirs, SAID)
