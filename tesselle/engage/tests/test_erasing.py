"""Somebody asks that nothing be kept of what they wrote."""

from django.test import Client
from django.urls import reverse

from tesselle.engage.models import Heard
from tesselle.engage.telling import tell_comments
from tesselle.engage.tests.stage import count_and_read, states, write
from tesselle.journal.models import Entry
from tesselle.ledger.models import Attempt, Delivery, Look, Step
from tesselle.publish.changing import plan_deletion
from tesselle.publish.tests.stage import PublishStage
from tesselle.workspaces.models import User


def everything_kept(delivery: Delivery) -> str:
    """All rows in which the comment could stand."""
    rows = [
        *Delivery.objects.filter(subject=delivery).values("target", "body", "note"),
        *Step.objects.filter(delivery__subject=delivery).values("frozen", "key"),
        *Attempt.objects.filter(delivery__subject=delivery).values("evidence"),
        *Look.objects.filter(attempt__delivery__subject=delivery).values("evidence"),
        *Heard.objects.values(),
        *Entry.objects.filter(verb="comment.erased").values("params", "actor_name"),
    ]
    return str(rows)


def test_what_is_erased_is_in_the_journal_without_words_and_does_not_come_back(
    stage: PublishStage, tiled: Delivery, as_alice: Client, mallory: User
):
    write(stage, "987654321", tiled.remote["id"], "Appelez-moi au 021")
    count_and_read(stage)
    as_alice.post(reverse("engage:answer", args=[tiled.pk]), {"to": "987654321", "text": "Volontiers."})
    answer = stage.run_until_state(tiled.followers.get(), "live")
    assert "987654321" in everything_kept(tiled)
    assert "Appelez-moi" not in everything_kept(tiled)
    page = as_alice.get(reverse("publish:delivery", args=[answer.pk])).content.decode()
    assert reverse("engage:erase", args=[answer.pk]) in page

    as_alice.post(reverse("engage:erase", args=[answer.pk]))

    kept = everything_kept(tiled)
    assert "987654321" not in kept
    assert "Volontiers." in kept
    assert Entry.objects.get(verb="comment.erased").params == {"answers": 1}
    write(stage, "500", tiled.remote["id"], "Et le prix ?")
    count_and_read(stage)
    assert states(tiled) == ["erased", "open"]
    assert tell_comments() == 1
    read = as_alice.get(reverse("engage:replies", args=[tiled.pk])).content.decode()
    assert "Appelez-moi" not in read
    assert "Et le prix" in read
    as_alice.post(reverse("engage:aside", args=[tiled.pk]), {"to": "987654321"})
    assert states(tiled) == ["erased", "open"]


def test_an_answer_on_its_way_keeps_its_address_and_the_owner_is_told(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    write(stage, "500", tiled.remote["id"])
    as_alice.post(reverse("engage:answer", args=[tiled.pk]), {"to": "500", "text": "Oui."})

    as_alice.post(reverse("engage:erase", args=[tiled.pk]), {"to": "500"})

    assert tiled.followers.get().target["id"] == "500"
    assert not Entry.objects.filter(verb="comment.erased").exists()
    Delivery.objects.filter(subject=tiled).update(state="cancelled")
    as_alice.post(reverse("engage:erase", args=[tiled.pk]), {"to": "500"})
    assert not tiled.followers.exists()
    assert states(tiled) == ["erased"]


def test_what_takes_an_answer_down_again_keeps_what_was_frozen_for_it_until_it_did(
    stage: PublishStage, tiled: Delivery, as_alice: Client
):
    write(stage, "500", tiled.remote["id"])
    as_alice.post(reverse("engage:answer", args=[tiled.pk]), {"to": "500", "text": "Oui."})
    answer = stage.run_until_state(tiled.followers.get(), "live")
    removal = plan_deletion(answer, by=None)
    Delivery.objects.filter(pk=removal.pk).update(state="settling")

    as_alice.post(reverse("engage:erase", args=[tiled.pk]), {"to": "500"})
    answer.refresh_from_db()
    assert answer.target["id"] == "500"

    Delivery.objects.filter(pk=removal.pk).update(state="sent")
    as_alice.post(reverse("engage:erase", args=[tiled.pk]), {"to": "500"})
    answer.refresh_from_db()
    assert answer.target["id"] == ""


def test_strangers_find_nothing_and_only_owners_erase(
    stage: PublishStage, tiled: Delivery, mallory: User, bob: User, chloe: User
):
    write(stage, "500", tiled.remote["id"])
    stranger, editor, viewer = Client(), Client(), Client()
    stranger.force_login(mallory)
    editor.force_login(bob)
    viewer.force_login(chloe)

    for name in ("engage:aside", "engage:erase"):
        assert stranger.post(reverse(name, args=[tiled.pk]), {"to": "500"}).status_code == 404
        assert viewer.post(reverse(name, args=[tiled.pk]), {"to": "500"}).status_code == 403
    assert editor.post(reverse("engage:erase", args=[tiled.pk]), {"to": "500"}).status_code == 403
    assert editor.post(reverse("engage:aside", args=[tiled.pk]), {"to": "500"}).status_code == 302
