"""Somebody writes to the account alone: told, read by whoever may answer, answered privately and once."""

import asyncio
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed
from tesselle.engage.models import Conversation, Heard
from tesselle.engage.places import Place, of_account
from tesselle.engage.telling import tell_comments
from tesselle.engage.tests.stage import count_and_read
from tesselle.engage.tests.test_replies import signed_in
from tesselle.journal.models import Entry
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.networks import plugin
from tesselle.notify.models import Kind, Notice
from tesselle.publish.tests.stage import PublishStage
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimPost
from tesselle.workspaces.models import Role, User

pytestmark = pytest.mark.usefixtures("alice")


@pytest.fixture
def channel(stage: PublishStage) -> Channel:
    """An account on Mastodon from which nothing has gone out."""
    return stage.channel("mastodon")


def write(
    stage: PublishStage, channel: Channel, number: str, text: str = "Quel prix ?", below: str = ""
) -> None:
    async def written() -> None:
        network = stage.sim("mastodon").network
        if await network.kept("somebody", "id") is None:
            sandbox = plugin("mastodon").sandbox
            opened = await sandbox.open_account(network, f"https://{sandbox.host}", "bob", "Bob")
            await network.keep("somebody", "id", {"id": opened.id})
        who = (await network.kept("somebody", "id") or {})["id"]
        message = network.new_post(
            number, who, text, parent_id=below, data={"visibility": "direct"}, to=(channel.remote_id,)
        )
        await network.add_post(message)

    async_to_sync(written)()


def between(stage: PublishStage, channel: Channel) -> list[SimPost]:
    return async_to_sync(stage.sim("mastodon").network.messages)(channel.remote_id)


def place_of(channel: Channel) -> Place:
    (place,) = of_account(channel)
    assert place.kind is Discussed.MESSAGES
    return place


def states(channel: Channel) -> list[str]:
    found = Heard.objects.filter(conversation__channel=channel, conversation__kind="messages")
    return list(found.order_by("pk").values_list("state", flat=True))


def kept() -> str:
    """All rows in which a word or a name could stand before anybody has answered."""
    rows = [*Heard.objects.values(), *Conversation.objects.values(), *Notice.objects.values()]
    return str([*rows, *Entry.objects.values("verb", "params")])


def test_a_message_is_told_once_read_answered_privately_and_waits_no_more(
    stage: PublishStage, channel: Channel, as_alice: Client
):
    write(stage, channel, "500")
    count_and_read(stage)
    assert states(channel) == ["open"]
    assert [tell_comments(), tell_comments()] == [1, 0]
    place, needs = place_of(channel), as_alice.get(reverse("publish:needs")).content.decode()

    read = as_alice.get(place.address()).content.decode()
    as_alice.post(place.address("answer"), {"to": "500", "text": "120 francs."})

    assert f'href="{place.address()}"' in needs and "1 message n’a pas de réponse" in needs
    assert Notice.objects.get(kind=Kind.REPLY).url == place.address()
    assert "Quel prix" not in needs + kept() and "bob" not in kept()
    assert "<h1>Messages</h1>" in read and "Quel prix ?" in read and 'data-state="open"' in read
    answer = stage.run_until_state(Delivery.objects.get(purpose="answer"), "live")
    target = answer.target or {}
    assert (answer.subject, answer.post, target["kind"]) == (None, None, "messages")
    assert "said_at" in target
    (ours,) = [one for one in between(stage, channel) if one.account_id == channel.remote_id]
    assert (ours.parent_id, ours.text, ours.data["visibility"]) == ("500", "@bob 120 francs.", "direct")
    assert states(channel) == ["answered"]
    count_and_read(stage)
    assert states(channel) == ["answered"] and tell_comments() == 0
    assert "need-comments" not in as_alice.get(reverse("publish:needs")).content.decode()
    page = as_alice.get(reverse("publish:delivery", args=[answer.pk])).content.decode()
    assert channel.display_name in page and "Sans titre" not in page


def test_whoever_writes_again_waits_with_the_last_line_alone(stage: PublishStage, channel: Channel):
    write(stage, channel, "500")
    count_and_read(stage)
    write(stage, channel, "501", "Et quand ?", below="500")

    count_and_read(stage)

    assert states(channel) == ["answered", "open"]


def test_an_answer_that_got_lost_goes_out_once(stage: PublishStage, channel: Channel, as_alice: Client):
    write(stage, channel, "500")
    stage.sim("mastodon").script.add(Fault("create", Effect.ACCEPT_CUT))

    for _double_click in range(2):
        as_alice.post(place_of(channel).address("answer"), {"to": "500", "text": "120 francs."})
    stage.run_until_state(Delivery.objects.get(purpose="answer"), "live")

    ours = [one for one in between(stage, channel) if one.account_id == channel.remote_id]
    assert len(ours) == 1


def test_messages_are_read_by_those_alone_who_may_answer(
    stage: PublishStage, channel: Channel, mallory: User
):
    place, stranger = place_of(channel), Client()
    stranger.force_login(mallory)
    viewer, contributor = signed_in(stage, Role.VIEWER), signed_in(stage, Role.CONTRIBUTOR)

    assert [client.get(place.address()).status_code for client in (viewer, contributor, stranger)] == [
        403,
        403,
        404,
    ]
    assert signed_in(stage, Role.EDITOR).get(place.address()).status_code == 200
    detail = reverse("channels:detail", args=[channel.pk])
    assert place.address() not in viewer.get(detail).content.decode()


def test_what_was_answered_privately_is_read_by_those_alone_who_may_answer(
    stage: PublishStage, channel: Channel, as_alice: Client
):
    write(stage, channel, "500")
    as_alice.post(place_of(channel).address("answer"), {"to": "500", "text": "120 francs."})
    page = reverse("publish:delivery", args=[Delivery.objects.get(purpose="answer").pk])

    clients = [signed_in(stage, role) for role in (Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR)]
    assert [client.get(page).status_code for client in clients] == [403, 403, 200]


def test_the_channels_page_leads_to_its_messages(stage: PublishStage, channel: Channel, as_alice: Client):
    write(stage, channel, "500")
    count_and_read(stage)

    page = as_alice.get(reverse("channels:detail", args=[channel.pk])).content.decode()

    assert f'href="{place_of(channel).address()}"' in page
    assert "1 attend une réponse" in page


def test_a_message_is_put_aside_and_taken_up_again(stage: PublishStage, channel: Channel, as_alice: Client):
    write(stage, channel, "500")
    count_and_read(stage)
    aside = place_of(channel).address("aside")

    went = as_alice.post(aside, {"back": "waiting"})
    first = states(channel)
    as_alice.post(f"{aside}?undo={Heard.objects.get().pk}")

    assert went.headers["Location"] == reverse("engage:waiting")
    assert (first, states(channel)) == (["aside"], ["open"])
    entries = Entry.objects.filter(verb__startswith="comment.").values_list("subject_kind", "subject_id")
    assert set(entries) == {("channel", channel.pk)}


def test_its_author_has_it_erased_from_the_page_of_the_answer(
    stage: PublishStage, channel: Channel, as_alice: Client
):
    write(stage, channel, "987654321", "Appelez-moi au 021")
    place = place_of(channel)
    as_alice.post(place.address("answer"), {"to": "987654321", "text": "Volontiers."})
    answer = stage.run_until_state(Delivery.objects.get(purpose="answer"), "live")

    as_alice.post(reverse("engage:erase", args=[answer.pk]))

    rows = [*Delivery.objects.values("target", "body", "note"), *Step.objects.values("frozen")]
    assert "987654321" not in str([*rows, *Attempt.objects.values("evidence")]) + kept()
    count_and_read(stage)
    assert states(channel) == ["erased"]
    assert "Appelez-moi" not in as_alice.get(place.address()).content.decode()
    assert as_alice.post(reverse("engage:erase", args=[answer.pk])).status_code == 404


def test_an_account_that_has_no_messages_shows_none(stage: PublishStage, as_alice: Client):
    snac = stage.channel("mastodon", kind="snac")
    count_and_read(stage)

    assert of_account(snac) == []
    assert not Conversation.objects.exists()
    assert as_alice.get(reverse("engage:account_replies", args=[snac.pk, "messages"])).status_code == 404
    assert as_alice.get(reverse("engage:account_replies", args=[snac.pk, "reviews"])).status_code == 404


def test_a_message_of_long_ago_calls_nobody(stage: PublishStage, channel: Channel):
    network, now = stage.sim("mastodon").network, timezone.now()
    write(stage, channel, "500")
    post = async_to_sync(network.stored_post)("500")
    old = (now - timedelta(days=30)).isoformat()
    asyncio.run(network.save_post(SimPost.from_json(post.to_json() | {"created_at": old, "visible_at": old})))

    count_and_read(stage)

    assert states(channel) == []
