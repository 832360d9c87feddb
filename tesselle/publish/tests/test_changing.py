"""What is out is changed or taken down: one delivery, one step for each part it touches."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.ledger.models import Delivery
from tesselle.ledger.services import deciding
from tesselle.publish.changing import plan_deletion, plan_edit
from tesselle.publish.tests.stage import PublishStage, state_of
from tesselle.simulation.faults import Effect, Fault
from tesselle.workspaces.models import User

PARTS = ("Première partie", "Deuxième partie", "Troisième partie")


@pytest.fixture
def thread(stage: PublishStage) -> Delivery:
    delivery = stage.planned(PARTS[0], stage.channel("mastodon"), parts=PARTS[1:])
    return stage.run_until_state(delivery, "live")


def test_editing_one_part_is_one_delivery_with_one_step(stage: PublishStage, thread: Delivery):
    change = plan_edit(thread, (PARTS[0], "Partie deux, corrigée", PARTS[2]), by=None)

    stage.run_until_state(change, "live")

    assert list(change.steps.values_list("position", "kind")) == [(1, "edit")]
    assert [len(stage.copies("mastodon", text)) for text in PARTS] == [1, 0, 1]
    assert len(stage.copies("mastodon", "Partie deux, corrigée")) == 1


def test_a_second_edit_starts_from_the_words_of_the_first(stage: PublishStage, thread: Delivery):
    first = plan_edit(thread, ("Un", *PARTS[1:]), by=None)
    stage.run_until_state(first, "live")

    second = plan_edit(thread, ("Un", "Deux", PARTS[2]), by=None)
    stage.run_until_state(second, "live")

    assert list(second.steps.values_list("position", flat=True)) == [1]


def test_an_edit_that_changes_nothing_is_not_sent(thread: Delivery):
    with pytest.raises(RuleError, match="same as before"):
        plan_edit(thread, PARTS, by=None)


def test_deleting_a_thread_is_one_delivery_that_begins_at_its_end(stage: PublishStage, thread: Delivery):
    remotes = [step.remote["id"] for step in thread.steps.all()]

    deletion = plan_deletion(thread, by=None)
    stage.run_until_state(deletion, "live")

    assert [step.remote["id"] for step in deletion.steps.all()] == remotes[::-1]
    assert not [text for text in PARTS if stage.copies("mastodon", text)]
    assert (state_of(thread), Delivery.objects.get(pk=thread.pk).reason) == ("removed", "by_us")


def test_a_deletion_doubtful_in_the_middle_goes_on_to_the_first_part(stage: PublishStage, thread: Delivery):
    stage.sim("mastodon").script.add(Fault("delete", Effect.ACCEPT_CUT, skip=1))

    deletion = plan_deletion(thread, by=None)
    stage.run_until_state(deletion, "live")

    assert not [text for text in PARTS if stage.copies("mastodon", text)]
    assert [step.attempts.get().state for step in deletion.steps.all()] == ["accepted", "found", "accepted"]


def test_a_deletion_that_nobody_can_see_marks_its_post_removed_all_the_same(stage: PublishStage):
    post = stage.planned("Éphémère", stage.channel("telegram", discussion=False))
    stage.run_until_state(post, "sent")

    deletion = plan_deletion(post, by=None)
    stage.run_until_state(deletion, "sent")

    assert not stage.copies("telegram", "Éphémère")
    assert state_of(post) == "removed"


def test_only_the_parts_that_were_never_seen_are_sent_again(stage: PublishStage, alice: User):
    thread = stage.planned(PARTS[0], stage.channel("mastodon", kind="gotosocial"), parts=PARTS[1:])
    stage.run_until_state(thread, "live")
    Delivery.objects.filter(pk=thread.pk).update(
        state="unknown", reason="never_seen", live_at=None, note={"sentence": "", "not_seen": [2]}
    )
    (gone,) = stage.copies("mastodon", PARTS[2])

    assert deciding.send_now(thread, now=timezone.now(), by=alice)
    stage.run_until_state(thread, "live")

    assert [len(stage.copies("mastodon", text)) for text in PARTS] == [1, 1, 2]
    assert thread.steps.get(position=2).remote["id"] != gone.id


def test_the_page_offers_a_field_for_each_part_and_sends_what_was_changed(thread: Delivery, as_alice: Client):
    page = as_alice.get(reverse("publish:delivery", args=[thread.pk])).content.decode()
    same = as_alice.post(
        reverse("publish:edit", args=[thread.pk]), {"text": PARTS[0], "text_1": PARTS[1], "text_2": PARTS[2]}
    )
    changed = as_alice.post(
        reverse("publish:edit", args=[thread.pk]), {"text": "Neuf", "text_1": PARTS[1], "text_2": PARTS[2]}
    )

    assert all(f'name="{name}"' in page for name in ("text", "text_1", "text_2"))
    assert (same.status_code, changed.status_code) == (422, 302)
    assert [target is not None for target in thread.followers.get().target] == [True, False, False]


def test_a_title_is_changed_where_the_network_takes_one(stage: PublishStage, as_alice: Client):
    article = stage.planned("Pose d’un sol", stage.channel("wordpress"), title="Un slo en grès")
    stage.run_until_state(article, "live")
    address = reverse("publish:edit", args=[article.pk])
    page = as_alice.get(reverse("publish:delivery", args=[article.pk])).content.decode()

    same = as_alice.post(address, {"title": "Un slo en grès", "text": "Pose d’un sol"})
    changed = as_alice.post(address, {"title": "Un sol en grès", "text": "Pose d’un sol"})
    stage.run_until_state(article.followers.get(), "live")

    assert 'name="title"' in page
    assert (same.status_code, changed.status_code) == (422, 302)
    (post,) = stage.copies("wordpress", "Pose d’un sol")
    assert post.title == "Un sol en grès"


def test_a_network_whose_posts_have_no_title_is_asked_for_none(thread: Delivery, as_alice: Client):
    page = as_alice.get(reverse("publish:delivery", args=[thread.pk])).content.decode()

    assert 'name="text"' in page and 'name="title"' not in page


def test_a_stranger_changes_and_deletes_nothing(thread: Delivery, client: Client, mallory: User):
    client.force_login(mallory)

    for act in ("edit", "delete"):
        assert client.post(reverse(f"publish:{act}", args=[thread.pk]), {"text": "x"}).status_code == 404
    assert not thread.followers.exists()
