"""A post with a picture that somebody does not agree to any more is told of before its hour."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.ledger.services.planning import plan_delivery
from tesselle.library.models import Asset, Consent
from tesselle.library.services.consenting import Agreed, add_to, note_consent, withdraw
from tesselle.library.tests.factories import asset_of
from tesselle.plan.calendar.agreed import refusals_to_come
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.publish import words
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def bath(workspace: Workspace) -> Asset:
    return asset_of(workspace)


@pytest.fixture
def rochat(workspace: Workspace, bath: Asset, alice: User) -> Consent:
    told = Agreed(who="Famille Rochat", concerns="home", agreed="Tout", given_on=workspace.today())
    consent = note_consent(workspace, told, by=alice)
    add_to(consent, [bath], by=alice)
    return consent


def planned(workspace: Workspace, channel: Channel, picture: Asset, text: str, *, in_days: int) -> Delivery:
    words_ = Content(text=text, media=(picture.as_media("Un bain"),))
    post = save_post(workspace=workspace, author=None, shared=words_, wordings=(Wording(channel),))
    assert post.current is not None
    return plan_delivery(
        variant=post.current.variants.get(),
        due_at=workspace.now() + timedelta(days=in_days),
        local_at="",
        zone="Europe/Zurich",
        by=None,
    )


def test_what_is_planned_with_a_picture_somebody_took_back_is_told_in_the_calendar(
    as_alice: Client, client: Client, chloe: User, alice: User, workspace: Workspace, channel: Channel,
    bath: Asset, rochat: Consent,
):  # fmt: skip
    delivery = planned(workspace, channel, bath, "Un bain à Lutry", in_days=2)
    planned(workspace, channel, asset_of(workspace), "Un sol", in_days=3)
    assert "Famille Rochat" not in as_alice.get("/calendar").content.decode()

    withdraw(rochat, by=alice)

    page = as_alice.get("/calendar").content.decode().split('class="hints"')[1]
    assert "Famille Rochat" in page and f'href="/posts/{delivery.post_id}"' in page
    assert [(one.name, one.who) for one in refusals_to_come(workspace)] == [
        ("Un bain à Lutry", "Famille Rochat")
    ]
    client.force_login(chloe)  # who only looks does not learn a customer's name
    assert "Famille Rochat" not in client.get("/calendar").content.decode()


def test_what_was_agreed_until_a_day_holds_on_that_day(
    workspace: Workspace, channel: Channel, bath: Asset, rochat: Consent
):
    rochat.until = workspace.today() + timedelta(days=2)
    rochat.save()
    planned(workspace, channel, bath, "Encore permis", in_days=2)
    planned(workspace, channel, bath, "Trop tard", in_days=3)

    assert [one.name for one in refusals_to_come(workspace)] == ["Trop tard"]


def test_the_withdrawn_consent_tells_what_is_planned_from_what_is_out(
    as_alice: Client, alice: User, workspace: Workspace, channel: Channel, bath: Asset, rochat: Consent
):
    planned(workspace, channel, bath, "Demain", in_days=1)
    out = planned(workspace, channel, bath, "Hier", in_days=1)
    Delivery.objects.filter(pk=out.pk).update(state="live", due_at=timezone.now() - timedelta(days=1))
    withdraw(rochat, by=alice)

    page = as_alice.get(f"/consents/{rochat.pk}").content.decode()

    still, done = page.split("Encore planifié")[1].split("Déjà en ligne")
    assert "Demain" in still and "Hier" not in still
    assert "Hier" in done and "Demain" not in done


def test_who_was_refused_for_want_of_consent_is_not_sent_to_the_network(
    workspace: Workspace, channel: Channel, bath: Asset
):
    delivery = planned(workspace, channel, bath, "Un bain", in_days=1)
    delivery.state, delivery.reason = "refused", "consent_withdrawn"

    assert "consent" in words.todo(delivery) or "accord" in words.todo(delivery)
    delivery.reason = "invalid"
    assert words.todo(delivery) == str(words.TODO["refused"])
