"""Comments read on demand, and answered through the ledger."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.connectors.protocols import Reply
from tesselle.domain.errors import NetworkError
from tesselle.domain.verdicts import Remote
from tesselle.engage import services
from tesselle.engage.services import threaded
from tesselle.ledger.models import Delivery
from tesselle.publish.tests.conftest import stage as stage  # the practice world
from tesselle.publish.tests.stage import PublishStage
from tesselle.workspaces.models import Member, Role, User

NOON = datetime(2026, 3, 18, 11, 0, tzinfo=UTC)


def reply(name: str, parent: str, minutes: int) -> Reply:
    return Reply(Remote(name), "ana.example", name, NOON + timedelta(minutes=minutes), parent)


def test_an_answer_stands_behind_what_it_answers():
    said = threaded((reply("c", "a", 9), reply("b", "post", 5), reply("a", "post", 1), reply("d", "c", 10)))

    assert [(one.reply.text, one.depth) for one in said] == [("a", 0), ("c", 1), ("d", 2), ("b", 0)]


def signed_in(stage: PublishStage, role: Role) -> Client:
    user = User.objects.create_user(f"{role}@example.org", name=role)
    Member.objects.create(workspace=stage.workspace, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def live(stage: PublishStage) -> Delivery:
    delivery = stage.planned("Une terrasse à Morges", stage.channel("bluesky"))
    return stage.run_until_state(delivery, "live")


def test_of_a_whole_account_what_waits_comes_first_then_the_newest_and_an_exchange_stays_together():
    said = [
        services.Said(reply("old, waits", "", 1), 0, "open"),
        services.Said(reply("old", "", 2), 0, "answered"),
        services.Said(reply("its answer", "old", 30), 1),
        services.Said(reply("new", "", 20), 0, "aside"),
        services.Said(reply("new, waits", "", 25), 0, "open"),
    ]

    shown = services.who_waits_first(said)

    assert [one.reply.text for one in shown] == ["new, waits", "old, waits", "old", "its answer", "new"]


def test_comments_are_read_from_the_network_and_answered_once(
    stage: PublishStage, live: Delivery, monkeypatch: pytest.MonkeyPatch
):
    client = signed_in(stage, Role.EDITOR)
    read = client.get(reverse("engage:replies", args=[live.pk]))  # the real way, nobody has commented
    said = [services.Said(Reply(Remote("at://r/1"), "ana.example", "Quel prix ?", NOON, ""), 0)]
    monkeypatch.setattr(services, "read_replies", lambda _delivery: said)

    shown = client.get(reverse("engage:replies", args=[live.pk]), headers={"HX-Request": "true"})
    for _double_click in range(2):
        client.post(reverse("engage:answer", args=[live.pk]), {"to": "at://r/1", "text": "120 francs le m²."})
    client.post(reverse("engage:answer", args=[live.pk]), {"to": "at://elsewhere", "text": "Non."})

    assert read.status_code == 200 and "data-reply" not in read.content.decode()
    assert 'role="alert"' not in read.content.decode()
    assert 'data-reply="at://r/1"' in shown.content.decode() and "<html" not in shown.content.decode()
    assert list(live.followers.values_list("purpose", "target__id", "body__text")) == [
        ("answer", "at://r/1", "120 francs le m².")
    ]


def test_a_viewer_reads_and_a_stranger_does_not(stage: PublishStage, live: Delivery, mallory: User):
    viewer, stranger = signed_in(stage, Role.VIEWER), Client()
    stranger.force_login(mallory)

    assert viewer.get(reverse("engage:replies", args=[live.pk])).status_code == 200
    assert viewer.post(reverse("engage:answer", args=[live.pk])).status_code == 403
    assert stranger.get(reverse("engage:replies", args=[live.pk])).status_code == 404
    assert stranger.post(reverse("engage:answer", args=[live.pk])).status_code == 404


def test_where_people_speak_of_the_whole_account_the_page_says_reviews(stage: PublishStage):
    live = stage.run_until_state(
        stage.planned("Une terrasse à Morges", stage.channel("google_business")), "live"
    )

    shown = signed_in(stage, Role.EDITOR).get(reverse("engage:replies", args=[live.pk])).content.decode()

    assert "<h1>Avis</h1>" in shown
    assert "Commentaires" not in shown


def test_what_was_typed_stays_when_the_network_cannot_be_asked_just_then(
    stage: PublishStage, live: Delivery, monkeypatch: pytest.MonkeyPatch
):
    client = signed_in(stage, Role.OWNER)

    def silent(_delivery: Delivery) -> list[services.Said]:
        raise NetworkError("Le réseau ne répond pas.")

    monkeypatch.setattr(services, "read_replies", silent)
    told = client.post(reverse("engage:answer", args=[live.pk]), {"to": "at://r/1", "text": "120 francs."})
    acts = [
        client.post(reverse(f"engage:{act}", args=[live.pk]), {"to": "at://r/1"}, follow=True)
        for act in ("aside", "erase")
    ]

    page = told.content.decode()
    assert "Le réseau ne répond pas." in page and "120 francs.</textarea>" in page
    assert 'name="to" value="at://r/1"' in page
    for one in acts:
        assert "Le réseau ne répond pas." in one.content.decode()
        assert "n’est plus là" not in one.content.decode()
    assert not live.followers.exists()
