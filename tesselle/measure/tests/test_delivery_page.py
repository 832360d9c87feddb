"""The page of one delivery, and who may do what there."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content, Media
from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.ledger.models import Attempt, Delivery, Look, Step
from tesselle.ledger.services.planning import plan_delivery
from tesselle.library.services import add_upload
from tesselle.library.tests.factories import asset_of
from tesselle.library.tests.pictures import picture, upload
from tesselle.measure import numbers
from tesselle.measure.models import Series, Snapshot
from tesselle.workspaces.models import User, Workspace

ACTS = ["cancel", "replan", "send_now", "look_again", "mark_as_sent", "adopt", "edit", "delete"]


@pytest.fixture
def delivery(workspace: Workspace) -> Delivery:
    channel = Channel.objects.create(
        workspace=workspace,
        network="bluesky",
        kind="account",
        remote_id="did:plc:carreaux",
        server="https://social.example",
        handle="carreaux",
    )
    post = save_post(
        workspace=workspace, author=None, shared=Content(text="Zellige"), wordings=(Wording(channel),)
    )
    assert post.current is not None
    due_at = timezone.now() + timedelta(days=1)
    return plan_delivery(
        variant=post.current.variants.get(), due_at=due_at, local_at="", zone="Europe/Zurich", by=None
    )


def address(delivery: Delivery, act: str = "delivery") -> str:
    return reverse(f"publish:{act}", kwargs={"delivery_id": delivery.pk})


def become(delivery: Delivery, **fields: object) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(**fields)


def attempted(delivery: Delivery, state: AttemptState, **fields: object) -> Attempt:
    step = Step.objects.create(
        delivery=delivery,
        channel=delivery.channel,
        position=0,
        kind="post",
        key="k",
        instant=timezone.now(),
    )
    return Attempt.objects.create(
        step=step, delivery=delivery, channel=delivery.channel, number=1, state=state, **fields
    )


@pytest.mark.parametrize("state", list(DeliveryState))
def test_every_state_has_its_page(as_alice: Client, delivery: Delivery, state: DeliveryState):
    become(delivery, state=state, next_at=timezone.now(), verify_until=timezone.now())

    answer = as_alice.get(address(delivery))

    assert answer.status_code == 200
    assert f'data-delivery-state="{state}"' in answer.content.decode()


@pytest.mark.parametrize("state", list(AttemptState))
def test_every_attempt_is_told_with_its_evidence(as_alice: Client, delivery: Delivery, state: AttemptState):
    attempt = attempted(
        delivery, state, verdict="no_answer", evidence={"status": 503, "answer": "<b>down</b>"}
    )
    for outcome in Look.Outcome:
        Look.objects.create(attempt=attempt, how="lookup", outcome=outcome)

    page = as_alice.get(address(delivery)).content.decode()

    assert "503" in page
    assert "&lt;b&gt;down&lt;/b&gt;" in page


def test_a_document_is_told_by_its_pages_and_not_blamed_for_want_of_a_text(
    as_alice: Client, workspace: Workspace, delivery: Delivery
):
    pdf = asset_of(workspace, kind="document", mime="application/pdf", pages=6)
    content = replace(delivery.content, media=(pdf.as_media(),))
    Delivery.objects.filter(pk=delivery.pk).update(body=content.to_json())

    page = as_alice.get(f"/deliveries/{delivery.pk}").content.decode()

    assert "Document de 6" in page and "Sans texte alternatif" not in page


def test_how_long_a_film_was_watched_is_told_in_hours_and_minutes(as_alice: Client, delivery: Delivery):
    Channel.objects.update(network="youtube")
    become(delivery, state="live")
    series = Series.objects.create(channel=delivery.channel, delivery=delivery, published_at=timezone.now())
    for hours, watched in ((1, 754), (2, 3_904)):
        at = timezone.now() + timedelta(hours=hours)
        Snapshot.objects.create(series=series, at=at, values={"watch_time": watched})

    page = (
        unescape(as_alice.get(address(delivery)).content.decode()).replace("\u202f", " ").replace("\xa0", " ")
    )

    assert "Temps de visionnage" in page and "estimatedMinutesWatched" in page
    assert "<span>1 h 05" in page and "12 min 34 s" in page


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (59, "59 s"), (60, "1 min 00 s"), (7_199, "1 h 59")]
)
def test_a_length_is_told_in_its_two_largest_units(seconds: int, told: str):
    assert numbers.lasting(seconds) == told


@pytest.mark.parametrize("act", ["delivery", *ACTS])
def test_a_stranger_finds_nothing(client: Client, mallory: User, delivery: Delivery, act: str):
    client.force_login(mallory)

    answer = client.get(address(delivery)) if act == "delivery" else client.post(address(delivery, act))

    assert answer.status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_a_viewer_only_looks(client: Client, chloe: User, delivery: Delivery, act: str):
    become(delivery, state="unknown")
    client.force_login(chloe)

    page = client.get(address(delivery))

    assert page.status_code == 200
    assert "data-act=" not in page.content.decode()
    assert client.post(address(delivery, act)).status_code == 403


def test_called_off_and_taken_up_again(as_alice: Client, delivery: Delivery):
    page = as_alice.post(address(delivery, "cancel"), follow=True).content.decode()
    delivery.refresh_from_db()
    cancelled = delivery.state

    as_alice.post(f"{reverse('plan:take_up')}?ids={delivery.pk}")
    delivery.refresh_from_db()

    assert f"{reverse('plan:take_up')}?ids={delivery.pk}" in page
    assert (cancelled, delivery.state) == ("cancelled", "planned")


def test_a_new_time_is_read_in_the_workspaces_zone(as_alice: Client, delivery: Delivery):
    as_alice.post(address(delivery, "replan"), {"when": "2099-07-01T09:00"})

    delivery.refresh_from_db()
    assert delivery.due_at.isoformat() == "2099-07-01T07:00:00+00:00"


def test_a_past_time_is_refused(as_alice: Client, delivery: Delivery):
    assert as_alice.post(address(delivery, "replan"), {"when": "2020-07-01T09:00"}).status_code == 422


def test_the_chosen_candidate_becomes_the_post(as_alice: Client, delivery: Delivery):
    attempt = attempted(delivery, AttemptState.AMBIGUOUS)
    remotes = [{"id": f"at://{n}", "url": f"https://social.example/{n}", "extra": {}} for n in range(2)]
    note = {
        "sentence": "",
        "candidates": [
            {"remote": one, "posted_at": "2026-03-18T09:00:00+00:00", "text": "Z"} for one in remotes
        ],
    }
    become(delivery, state="unknown", note=note)

    shown = as_alice.get(address(delivery)).content.decode()
    as_alice.post(address(delivery, "adopt"), {"candidate": "1"})

    delivery.refresh_from_db()
    attempt.refresh_from_db()
    assert "https://social.example/0" in shown
    assert delivery.remote is not None
    assert (delivery.state, delivery.remote["id"], attempt.state) == ("processing", "at://1", "found")


def test_an_address_seen_by_a_person_is_kept_and_not_read_back(as_alice: Client, delivery: Delivery):
    # A practice workspace shows its simulated page instead.
    Workspace.objects.filter(pk=delivery.workspace_id).update(world_kind=Workspace.WorldKind.REAL)
    become(delivery, state="unknown", next_at=None)

    as_alice.post(address(delivery, "mark_as_sent"), {"address": "https://social.example/p/1"})

    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at) == ("sent", None)
    assert "https://social.example/p/1" in as_alice.get(address(delivery)).content.decode()


def test_send_now_pressed_twice_gives_up_once(as_alice: Client, alice: User, delivery: Delivery):
    attempt = attempted(delivery, AttemptState.AMBIGUOUS)
    become(delivery, state="unknown")

    as_alice.post(address(delivery, "send_now"))
    as_alice.post(address(delivery, "send_now"))

    delivery.refresh_from_db()
    attempt.refresh_from_db()
    assert (delivery.state, attempt.state, attempt.given_up_by) == ("queued", "given_up", alice)


def test_what_is_out_can_be_taken_down_once_the_network_allows_it(as_alice: Client, delivery: Delivery):
    become(delivery, state="live", remote={"id": "at://1", "url": "", "extra": {}})

    as_alice.post(address(delivery, "delete"))
    as_alice.post(address(delivery, "edit"), {"text": "Neu"})  # this network offers no edit

    ((purpose, targets),) = delivery.followers.values_list("purpose", "target")
    assert (purpose, [one["id"] for one in targets]) == ("delete", ["at://1"])


def test_a_figure_that_is_not_told_is_no_zero(as_alice: Client, delivery: Delivery):
    become(delivery, state="live", remote={"id": "at://1", "url": "", "extra": {}}, live_at=timezone.now())
    series = Series.objects.create(
        channel=delivery.channel, delivery=delivery, published_at=timezone.now(), latest_at=timezone.now()
    )
    for count in (3, 7):
        Snapshot.objects.create(series=series, at=timezone.now(), values={"reactions": count})

    page = as_alice.get(address(delivery)).content.decode()
    figures = page.split("data-figures")[1].split("</section>")[0]

    assert "<span>7</span>" in figures
    assert "<polyline" in figures
    assert "<span>0</span>" not in figures
    # The interactions too: a sum lacks what its parts lack.
    assert figures.count("stat-value--missing") == 10


def test_what_goes_out_is_shown_with_its_pictures_and_their_alternative_text(
    as_alice: Client, delivery: Delivery, settings: Settings, tmp_path: Path
):
    settings.MEDIA_ROOT = tmp_path
    told, untold = (
        add_upload(workspace=delivery.workspace, file=upload(picture(shade=shade)), by=None, alt=alt)
        for shade, alt in ((40, "Un sol bleu"), (80, ""))
    )
    body = Content(text="Zellige", title="Une fresque", media=(told.as_media(), untold.as_media()))
    become(delivery, body=body.to_json())

    page = as_alice.get(address(delivery)).content.decode()

    assert [page.count(f"/assets/{one.pk}/small") for one in (told, untold)] == [1, 1]
    assert "Texte alternatif\u00a0: Un sol bleu" in page
    assert "Sans texte alternatif" in page
    assert "<strong>Une fresque</strong>" in page


def test_a_picture_that_left_the_library_is_left_out(as_alice: Client, delivery: Delivery):
    gone = Media("image", "image/jpeg", 10, 1, 1, alt="Un sol bleu", asset="assets/gone.jpg")
    become(delivery, body=Content(text="Zellige", media=(gone,)).to_json())

    assert "Un sol bleu" not in as_alice.get(address(delivery)).content.decode()
