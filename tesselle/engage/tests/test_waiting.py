"""A comment that waits becomes one entry and one notification, and goes when it is answered."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.engage import listening, noticing, telling
from tesselle.engage.heeding import answered
from tesselle.engage.judging import digest_of
from tesselle.engage.models import Conversation, Heard
from tesselle.engage.places import below
from tesselle.engage.telling import tell_comments
from tesselle.engage.tests.stage import count_and_read, states, with_worker, write
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.mail.models import MailServer
from tesselle.notify.models import Kind, Letter, Notice
from tesselle.publish.context import Context
from tesselle.publish.tests.stage import PublishStage
from tesselle.workspaces.models import User

pytestmark = pytest.mark.usefixtures("alice")


def needs_of(client: Client) -> str:
    return client.get(reverse("publish:needs")).content.decode()


def test_a_comment_is_told_once_and_goes_when_it_is_answered(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    write(stage, "500", tiled.remote["id"])
    count_and_read(stage)
    assert states(tiled) == ["open"]
    assert [tell_comments(), tell_comments()] == [1, 0]
    assert Heard.objects.get().told_at is not None  # or telling would be started again and again
    count_and_read(stage)

    shown = needs_of(as_alice)

    assert tell_comments() == 0
    assert f'id="need-comments-{Conversation.objects.get(kind="comments").pk}"' in shown
    assert "Quel prix" not in shown
    assert "Quel prix" not in str(list(Notice.objects.values()))
    read = as_alice.get(reverse("engage:replies", args=[tiled.pk])).content.decode()
    assert 'data-state="open"' in read
    as_alice.post(reverse("engage:answer", args=[tiled.pk]), {"to": "500", "text": "120 francs."})
    assert states(tiled) == ["answered"]
    assert "need-comments" not in needs_of(as_alice)
    assert Notice.objects.get(kind=Kind.REPLY).read_at is not None
    stage.run_until_state(tiled.followers.get(), "live")
    count_and_read(stage)
    assert states(tiled) == ["answered"]
    assert tell_comments() == 0


def test_what_is_said_to_our_answer_is_found_for_two_days_though_nobody_counts_it(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    """Mastodon counts what stands directly below a post."""
    write(stage, "500", tiled.remote["id"])
    count_and_read(stage)
    as_alice.post(reverse("engage:answer", args=[tiled.pk]), {"to": "500", "text": "120 francs."})
    stage.run_until_state(tiled.followers.get(), "live")
    count_and_read(stage)
    conversation = Conversation.objects.get(kind="comments")
    assert states(tiled) == ["answered"]
    assert conversation.read_at is not None
    assert conversation.next_at == conversation.read_at + timedelta(hours=3)

    write(stage, "501", tiled.followers.get().remote["id"], "Pose comprise ?")
    count_and_read(stage)
    assert states(tiled) == ["answered", "open"]

    Heard.objects.filter(state="open").update(state="aside")
    tiled.followers.update(due_at=timezone.now() - timedelta(days=2, hours=1))
    count_and_read(stage)
    assert Conversation.objects.get(kind="comments").next_at is None


def test_whoever_is_answered_before_anybody_had_looked_is_listened_to_as_well(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    write(stage, "500", tiled.remote["id"])
    as_alice.post(reverse("engage:answer", args=[tiled.pk]), {"to": "500", "text": "120 francs."})

    assert Conversation.objects.get(kind="comments").next_at is not None


def test_whoever_answers_stays_where_others_wait(stage: PublishStage, tiled: Delivery, as_alice: Client):
    write(stage, "500", tiled.remote["id"])
    write(stage, "501", tiled.remote["id"])
    count_and_read(stage)
    here, to = reverse("engage:replies", args=[tiled.pk]), reverse("engage:answer", args=[tiled.pk])

    first = as_alice.post(to, {"to": "500", "text": "120 francs."})
    last = as_alice.post(to, {"to": "501", "text": "Trois semaines."})

    assert first.headers["Location"] == here
    assert last.headers["Location"] != here


def test_what_we_answer_on_the_network_itself_waits_no_more(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    write(stage, "500", tiled.remote["id"])
    write(stage, "501", tiled.remote["id"], "Superbe !")
    count_and_read(stage)
    tell_comments()
    ours(stage, tiled, "600", "500")
    count_and_read(stage)
    assert states(tiled) == ["answered", "open"]
    assert tell_comments() == 0
    assert Notice.objects.get().read_at is None

    ours(stage, tiled, "601", "501")
    count_and_read(stage)
    tell_comments()

    assert states(tiled) == ["answered", "answered"]
    assert Notice.objects.get().read_at is not None
    assert "need-comments" not in needs_of(as_alice)


def ours(stage: PublishStage, delivery: Delivery, number: str, below: str) -> None:
    """Written by hand on the network, with our own account."""
    network = stage.sim("mastodon").network
    post = async_to_sync(network.post)(delivery.remote["id"])
    assert post is not None
    answer = network.new_post(
        number, post.account_id, "Merci", parent_id=below, data={"visibility": "public"}
    )
    async_to_sync(network.add_post)(answer)


def test_put_aside_is_undone_and_nobody_is_told_again(stage: PublishStage, tiled: Delivery, as_alice: Client):
    write(stage, "500", tiled.remote["id"])
    count_and_read(stage)
    tell_comments()
    aside = reverse("engage:aside", args=[tiled.pk])

    as_alice.post(aside, {"back": "needs"})

    assert states(tiled) == ["aside"]
    count_and_read(stage)
    assert states(tiled) == ["aside"]
    assert "need-comments" not in needs_of(as_alice)
    as_alice.post(f"{aside}?undo={Heard.objects.get().pk}")
    assert states(tiled) == ["open"]
    assert "need-comments" in needs_of(as_alice)
    assert tell_comments() == 0
    assert set(Entry.objects.filter(verb__startswith="comment.").values_list("verb", flat=True)) == {
        "comment.put_aside",
        "comment.taken_up",
    }


def test_a_worker_that_dies_while_it_tells_has_told_nobody_and_the_next_one_tells_once(
    stage: PublishStage, tiled: Delivery, monkeypatch: pytest.MonkeyPatch
):
    write(stage, "500", tiled.remote["id"])
    count_and_read(stage)
    real_tell = telling.tell

    def dying(*args: object, **more: object) -> int:
        real_tell(*args, **more)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(telling, "tell", dying)
    with pytest.raises(KeyboardInterrupt):
        tell_comments()
    assert not Notice.objects.exists()
    assert Heard.objects.get().told_at is None
    monkeypatch.undo()

    assert [tell_comments(), tell_comments()] == [1, 0]
    assert Notice.objects.count() == 1


def test_a_worker_that_dies_after_it_read_leaves_it_to_be_read_again(
    stage: PublishStage, tiled: Delivery, monkeypatch: pytest.MonkeyPatch
):
    write(stage, "500", tiled.remote["id"])

    keep = listening._READ
    monkeypatch.setattr(
        listening,
        "_READ",
        "SELECT 1/0 FROM (SELECT $1::bigint, $2::timestamptz, $3::timestamptz, $4::timestamptz) x",
    )
    with pytest.raises(Exception, match="division by zero"):
        count_and_read(stage)
    assert states(tiled) == ["open"]
    assert tell_comments() == 1
    monkeypatch.setattr(listening, "_READ", keep)

    Conversation.objects.update(next_at="2020-01-01T00:00Z")
    count_and_read(stage)

    assert states(tiled) == ["open"]
    assert tell_comments() == 0


def test_old_comments_and_a_count_that_stays_call_nobody(stage: PublishStage, tiled: Delivery):
    write(stage, "500", tiled.remote["id"], ago=timedelta(days=20))
    count_and_read(stage)
    first = Conversation.objects.get(kind="comments").read_at

    assert states(tiled) == []
    assert first is not None
    Conversation.objects.update(next_at=None)

    async def act(context: Context) -> None:
        await noticing.notice(
            context.db,
            "mastodon",
            [noticing.Counted(tiled.channel_id, tiled.channel.kind, tiled.pk, 1, first)],
        )

    with_worker(stage, act)
    assert Conversation.objects.get(kind="comments").next_at is None


def test_letters_leave_by_ones_wishes_and_not_once_it_is_answered(
    stage: PublishStage, tiled: Delivery, alice: User
):
    stage.workspace.world_kind = "real"
    stage.workspace.save()
    MailServer.objects.create(pk=1, host="127.0.0.1", port=1, security="none", from_address="a@example.org")
    conversation = Conversation.objects.create(channel=tiled.channel, delivery=tiled)
    Heard.objects.create(
        conversation=conversation, digest=digest_of("mastodon", "500"), posted_at=tiled.due_at
    )
    assert tell_comments() == 1
    assert Letter.objects.filter(way="mail").count() == 1

    place = below(tiled)
    assert place is not None
    answered(place, "500")

    assert not Letter.objects.exists()


def test_many_places_at_once_are_one_notice_and_few_lines(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    others = [
        Delivery.objects.create(
            workspace=stage.workspace,
            channel=tiled.channel,
            post=tiled.post,
            variant=tiled.variant,
            state="live",
            due_at=tiled.due_at,
            remote={"id": str(number)},
        )
        for number in range(7)
    ]
    for other in others:
        made = Conversation.objects.create(channel=tiled.channel, delivery=other)
        Heard.objects.create(conversation=made, digest="a" * 64, posted_at=tiled.due_at)

    with CaptureQueriesContext(connection) as queries:
        assert tell_comments() == 1
    assert sum('"engage_heard"' in one["sql"] for one in queries) <= 6  # for seven places as for one
    assert tell_comments() == 0

    shown = needs_of(as_alice)
    assert shown.count('id="need-comments-') == 6
    assert 'id="need-comments-others"' in shown
    assert 'data-needs="6"' in shown
    assert f'href="{reverse("engage:waiting")}"' in shown
    every = as_alice.get(reverse("engage:waiting")).content.decode()
    assert every.count('id="need-comments-') == 7 and 'data-waiting="7"' in every
    Heard.objects.update(state="gone")
    tell_comments()
    assert Notice.objects.get().read_at is not None


def test_what_is_written_to_an_account_waits_although_nothing_of_it_is_out(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    """It is read from the account; once that is let go it can be answered from nowhere."""
    messages = Conversation.objects.create(channel=tiled.channel, kind="messages")
    Heard.objects.create(conversation=messages, digest="a" * 64, posted_at=tiled.due_at)
    Delivery.objects.filter(pk=tiled.pk).update(state="cancelled")
    assert 'data-needs="1"' in needs_of(as_alice)
    assert ">1<" in as_alice.get(reverse("publish:needs_count")).content.decode()

    Channel.objects.filter(pk=tiled.channel_id).update(removed_at=timezone.now())

    assert "need-comments" not in needs_of(as_alice)
    assert ">1<" not in as_alice.get(reverse("publish:needs_count")).content.decode()
    assert "need-comments" not in as_alice.get(reverse("engage:waiting")).content.decode()


@pytest.mark.parametrize("page", ["engage:waiting", "engage:replies", "plan:by_hand_all"])
def test_what_waits_lights_its_line_of_the_navigation_and_has_help(
    tiled: Delivery, as_alice: Client, page: str
):
    address = reverse(page, args=[tiled.pk] if page == "engage:replies" else [])

    shown = as_alice.get(address).content.decode()

    assert 'href="/" aria-current="true"' in shown
    if page.startswith("engage"):
        assert f'href="{reverse("academy:help")}#comments"' in shown


def test_what_is_put_aside_on_the_page_of_all_leads_back_to_it(
    tiled: Delivery, as_alice: Client, mallory: User
):
    made = Conversation.objects.create(channel=tiled.channel, delivery=tiled)
    Heard.objects.create(conversation=made, digest="a" * 64, posted_at=tiled.due_at)
    as_mallory = Client()
    as_mallory.force_login(mallory)
    assert "need-comments" not in as_mallory.get(reverse("engage:waiting")).content.decode()

    went = as_alice.post(reverse("engage:aside", args=[tiled.pk]), {"back": "waiting"})

    assert went.headers["Location"] == reverse("engage:waiting")
    assert "need-comments" not in as_alice.get(reverse("engage:waiting")).content.decode()
