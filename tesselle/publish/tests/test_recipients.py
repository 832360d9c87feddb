"""One step for each recipient: each gets it once, and nobody waits for anybody."""

from collections import Counter

import pytest

from tesselle.audience.models import MailingList, Subscriber
from tesselle.audience.services import add_by_hand, erase, leave
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.ledger.services.deciding import mark_as_sent, send_now
from tesselle.publish import recipients
from tesselle.publish.tests.stage import PublishStage, in_thread
from tesselle.simulation.faults import Effect, Fault

SLUG = "newsletter"


def readers(stage: PublishStage, *addresses: str) -> MailingList:
    """The channel's list, with these people on it."""
    mailing_list = MailingList.objects.get(workspace=stage.workspace)
    mailing_list.subscribers.filter(way="form").delete()  # the practice world's own
    for address in addresses:
        add_by_hand(mailing_list, address=address, name="", consent_note="au comptoir", by=None)
    return mailing_list


def got(stage: PublishStage, text: str) -> Counter[str]:
    """How many copies of it lie in each mailbox."""
    return Counter(str(post.data["to"]) for post in stage.copies(SLUG, text))


def letters(*names: str) -> list[str]:
    return [f"{name}@example.org" for name in names]


def test_each_subscriber_gets_it_once_and_whoever_has_left_does_not(stage: PublishStage):
    channel = stage.channel(SLUG)
    mailing_list = readers(stage, *letters("ana", "ben", "cleo"))
    leave(mailing_list.subscribers.get(address="ben@example.org"))

    delivery = stage.run_until_state(stage.planned("Grès nouveau", channel, title="Grès"), "sent")

    assert got(stage, "Grès nouveau") == {"ana@example.org": 1, "cleo@example.org": 1}
    assert [step.kind for step in delivery.steps.all()] == ["recipient"] * 2


def test_what_is_frozen_of_a_mailing_holds_numbers_until_a_mail_is_made(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana"))

    delivery = stage.run_until_state(stage.planned("Zellige", channel), "sent")

    assert delivery.body is None
    assert Step.objects.get().recipient == str(Subscriber.objects.get().public_id)


@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.CUT_UNREAD, Effect.FAIL_5XX])
def test_the_others_go_on_past_a_doubtful_recipient_who_is_not_written_to_again(
    stage: PublishStage, effect: Effect
):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben", "cleo"))
    stage.sim(SLUG).script.add(Fault("create", effect, skip=1))

    delivery = stage.run_until_state(stage.planned("Faïence", channel), "unknown")

    copies = got(stage, "Faïence")
    assert copies["ana@example.org"] == copies["cleo@example.org"] == 1
    assert copies["ben@example.org"] == (effect is Effect.ACCEPT_CUT)
    assert Attempt.objects.filter(delivery=delivery, state="ambiguous").count() == 1


def test_only_the_doubtful_one_is_written_to_again_when_a_person_says_so(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben"))
    stage.sim(SLUG).script.add(Fault("create", Effect.CUT_UNREAD))
    delivery = stage.run_until_state(stage.planned("Faïence", channel), "unknown")

    send_now(delivery, now=stage.workspace.now(), by=None)
    stage.run_until_state(delivery, "sent")

    assert got(stage, "Faïence") == {"ana@example.org": 1, "ben@example.org": 1}


def test_a_mailbox_that_is_not_there_is_left_out(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "nobody.at-all", "zoe"))

    delivery = stage.run_until_state(stage.planned("Mosaïque", channel), "sent")

    assert set(got(stage, "Mosaïque")) == {"ana@example.org", "zoe@example.org"}
    assert Attempt.objects.get(delivery=delivery, state="refused").verdict == "refused:recipient"


def test_whose_server_says_later_is_tried_again_and_given_up_in_the_end(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "full.box", "zoe"))
    stage.timing = type(stage.timing)(scale=0.00001)

    delivery = stage.run_until_state(stage.planned("Tesselles", channel), "sent")

    assert got(stage, "Tesselles") == {"ana@example.org": 1, "zoe@example.org": 1}
    put_off = Attempt.objects.filter(delivery=delivery, verdict="put_off")
    assert put_off.count() == 12


def test_a_server_that_is_busy_holds_everybody_and_nobody_is_given_up(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben"))
    stage.sim(SLUG).script.add(Fault("create", Effect.THROTTLE, times=14))
    stage.timing = type(stage.timing)(scale=0.00001)

    stage.run_until_state(stage.planned("Patience", channel), "sent")

    assert got(stage, "Patience") == {"ana@example.org": 1, "ben@example.org": 1}


def test_a_sign_in_that_died_blocks_the_channel_and_what_is_left_goes_out_afterwards(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben", "cleo"))
    stage.sim(SLUG).script.add(Fault("create", Effect.EXPIRED, skip=1))
    delivery = stage.run_until_state(stage.planned("Carreaux", channel), "blocked")
    assert got(stage, "Carreaux") == {"ana@example.org": 1}

    channel.refresh_from_db()
    channel.blocked_reason = ""
    channel.save(update_fields=["blocked_reason"])
    stage.run_until_state(delivery, "sent")

    assert got(stage, "Carreaux") == dict.fromkeys(letters("ana", "ben", "cleo"), 1)


def test_a_mail_that_the_server_takes_for_spam_is_not_tried_on_everybody(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben", "cleo"))
    stage.sim(SLUG).script.add(Fault("create", Effect.REFUSE_MEDIA))

    stage.run_until_state(stage.planned("Gratuit", channel), "refused")

    assert Attempt.objects.count() == 1
    assert not got(stage, "Gratuit")


def test_a_server_that_hangs_up_again_and_again_is_left_alone_for_a_while(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben", "cleo", "dan", "eva"))
    stage.sim(SLUG).script.add(Fault("create", Effect.CUT_UNREAD, times=recipients.DOUBTS_IN_A_ROW))
    delivery = stage.planned("Orage", channel)
    stage.timing = type(stage.timing)(scale=1.0)
    stage.run_until_state(delivery, "waiting")
    assert not got(stage, "Orage")

    Delivery.objects.filter(pk=delivery.pk).update(next_at=stage.workspace.now())
    stage.run_until_state(delivery, "unknown")

    assert got(stage, "Orage") == {"dan@example.org": 1, "eva@example.org": 1}


def test_an_empty_list_is_said_and_the_post_can_go_once_somebody_is_on_it(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage)
    delivery = stage.run_until_state(stage.planned("Personne", channel), "refused")
    assert delivery.reason == "no_recipients"

    readers(stage, *letters("ana"))
    send_now(delivery, now=stage.workspace.now(), by=None)
    stage.run_until_state(delivery, "sent")

    assert got(stage, "Personne") == {"ana@example.org": 1}


def test_who_gets_it_is_settled_when_it_leaves(stage: PublishStage):
    channel = stage.channel(SLUG)
    mailing_list = readers(stage, *letters("ana", "ben"))

    async def somebody_comes_and_somebody_goes(_request) -> None:
        stage.hooks.clear()
        await in_thread(readers, stage, "late@example.org")
        await in_thread(_leaves, mailing_list, "ben@example.org")

    stage.hooks.append(somebody_comes_and_somebody_goes)
    stage.run_until_state(stage.planned("Départ", channel), "sent")

    assert got(stage, "Départ") == {"ana@example.org": 1}


def _leaves(mailing_list: MailingList, address: str) -> None:
    leave(mailing_list.subscribers.get(address=address))


def test_a_long_list_goes_out_in_rounds_each_recipient_once(stage: PublishStage, monkeypatch):
    monkeypatch.setattr(recipients, "ROUND", 4)
    channel = stage.channel(SLUG)
    readers(stage, *letters(*(f"reader{number}" for number in range(11))))

    stage.run_until_state(stage.planned("Rondes", channel), "sent")

    assert set(got(stage, "Rondes").values()) == {1}
    assert len(got(stage, "Rondes")) == 11


def test_two_workers_and_two_posts_give_each_reader_one_copy_of_each(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben", "cleo"))
    posts = [stage.planned(text, channel) for text in ("Premier", "Second")]

    stage.run_workers_until(lambda: Delivery.objects.filter(state="sent").count() == len(posts), workers=2)

    for text in ("Premier", "Second"):
        assert got(stage, text) == dict.fromkeys(letters("ana", "ben", "cleo"), 1)


def test_who_is_erased_leaves_no_address_in_what_went_out(stage: PublishStage):
    channel = stage.channel(SLUG)
    mailing_list = readers(stage, *letters("ana", "nobody.known"))
    stage.run_until_state(stage.planned("Adieu", channel), "sent")
    assert Step.objects.filter(frozen__to="ana@example.org").exists()

    for subscriber in mailing_list.subscribers.all():
        erase(subscriber, by=None)

    kept = f"{list(Step.objects.values_list('frozen'))} {list(Attempt.objects.values_list('evidence'))}"
    assert "example.org" not in kept


def test_a_sender_that_fails_in_the_middle_leaves_one_in_doubt_and_the_rest_goes_out(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben", "cleo", "dan"))
    calls: list[str] = []

    async def fails_at_the_second(request) -> None:
        calls.append(request.headers["rcpt-to"])
        if len(calls) == 2:
            raise RuntimeError("the process went down")

    stage.hooks.append(fails_at_the_second)
    stage.run_until_state(stage.planned("Milieu", channel), "unknown")

    assert got(stage, "Milieu") == dict.fromkeys(letters("ana", "cleo", "dan"), 1)
    assert calls == letters("ana", "ben", "cleo", "dan")


def test_a_person_who_says_that_it_arrived_ends_the_doubt(stage: PublishStage):
    channel = stage.channel(SLUG)
    readers(stage, *letters("ana", "ben"))
    stage.sim(SLUG).script.add(Fault("create", Effect.ACCEPT_CUT))
    delivery = stage.run_until_state(stage.planned("Reçu", channel), "unknown")

    mark_as_sent(delivery, remote=None, by=None)

    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert got(stage, "Reçu") == dict.fromkeys(letters("ana", "ben"), 1)
