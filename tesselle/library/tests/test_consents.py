"""The register of consents: noted, shown on its pictures, withdrawn; a picture without it is not planned."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.compose.tests.forms import channel_in, form
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.library.models import Asset, Consent
from tesselle.library.services.consenting import Agreed, add_to, note_consent, withdraw
from tesselle.library.tests.factories import asset_of
from tesselle.plan.services import Slot, move_delivery, plan_post
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def bathroom(workspace: Workspace) -> Asset:
    return asset_of(workspace, recognisable=True, alt="Une salle de bains")


def agreed(workspace: Workspace, by: User, **more: object) -> Consent:
    said = {
        "who": "Famille Rochat",
        "concerns": "home",
        "agreed": "Avant et après",
        "given_on": date(2026, 1, 5),
    }
    return note_consent(workspace, Agreed(**{**said, **more}), by=by)  # type: ignore[arg-type]


def plan(workspace: Workspace, channel: Channel, asset: Asset, *, days: int = 1) -> Delivery:
    words = Content(text="Le carrelage est posé", media=(asset.as_media(),))
    post = save_post(workspace=workspace, author=None, shared=words, wordings=(Wording(channel),))
    at = Slot((workspace.now() + timedelta(days=days)).replace(tzinfo=None), "UTC")
    return plan_post(post=post, slots={channel.pk: at}, by=None)[0]


def code_of(error: RuleError) -> str:
    return error.findings[0].code


def test_a_picture_that_needs_consent_and_has_none_cannot_be_planned(
    workspace: Workspace, channel: Channel, bathroom: Asset, alice: User
) -> None:
    with pytest.raises(RuleError) as refused:
        plan(workspace, channel, bathroom)
    assert code_of(refused.value) == "consent_missing"
    assert not Delivery.objects.exists()

    add_to(agreed(workspace, alice), [bathroom], by=alice)
    assert plan(workspace, channel, bathroom).state == "planned"


def test_what_counts_is_the_day_on_which_it_goes_out(
    workspace: Workspace, channel: Channel, bathroom: Asset, alice: User
) -> None:
    until = workspace.today() + timedelta(days=3)
    add_to(agreed(workspace, alice, until=until), [bathroom], by=alice)

    delivery = plan(workspace, channel, bathroom, days=2)
    with pytest.raises(RuleError) as refused:
        plan(workspace, channel, bathroom, days=5)
    assert code_of(refused.value) == "consent_expired"

    later = Slot((workspace.now() + timedelta(days=6)).replace(tzinfo=None), "UTC")
    with pytest.raises(RuleError) as refused:
        move_delivery(delivery, slot=later, by=alice)
    assert code_of(refused.value) == "consent_expired"


def test_a_consent_for_other_networks_is_none_for_this_one(
    workspace: Workspace, channel: Channel, bathroom: Asset, alice: User
) -> None:
    add_to(agreed(workspace, alice, networks=["mastodon"]), [bathroom], by=alice)

    with pytest.raises(RuleError) as refused:
        plan(workspace, channel, bathroom)

    assert code_of(refused.value) == "consent_elsewhere"


def test_the_composer_says_it_beside_the_picture_with_its_cure(
    as_alice: Client, workspace: Workspace, channel: Channel, bathroom: Asset, alice: User
) -> None:
    consent = agreed(workspace, alice)
    add_to(consent, [bathroom], by=alice)
    withdraw(consent, by=alice)

    page = as_alice.post("/posts/check", form(channel, **{"shared-media": bathroom.pk})).content.decode()

    assert "Famille Rochat n’accepte plus" in page


def test_planning_in_the_composer_says_why_not(
    as_alice: Client, workspace: Workspace, channel: Channel, bathroom: Asset, alice: User
) -> None:
    """It still holds today, so only the planned day shows it."""
    add_to(agreed(workspace, alice, until=workspace.today()), [bathroom], by=alice)
    at = {
        "when": "at",
        "plan-date": f"{workspace.today() + timedelta(days=2)}",
        "plan-time": "09:00",
        "do": "plan",
    }

    answer = as_alice.post("/posts/new/plan", form(channel, **{"shared-media": bathroom.pk}) | at)

    assert answer.status_code == 422
    assert "L’accord de Famille Rochat s’arrête le" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_a_consent_is_noted_for_a_picture_and_changed(as_alice: Client, workspace: Workspace) -> None:
    asset = asset_of(workspace)
    said = {
        "who": "Luc",
        "concerns": "colleague",
        "agreed": "Photos de chantier",
        "networks": ["mastodon", "bluesky"],
        "given_on": "2026-03-01",
        "until": "",
        "proof": "Contrat",
    }

    answer = as_alice.post(f"/consents/new?asset={asset.pk}", said)
    consent = Consent.objects.get()
    asset.refresh_from_db()
    assert answer.headers["Location"] == f"/media/{asset.pk}"
    assert (asset.recognisable, consent.networks, consent.noted_by is not None) == (
        True,
        ["mastodon", "bluesky"],
        True,
    )
    assert "Luc" in as_alice.get(f"/media/{asset.pk}").content.decode()

    as_alice.post(f"/consents/{consent.pk}", said | {"until": "2027-01-01"})
    consent.refresh_from_db()
    assert consent.until == date(2027, 1, 1)
    assert as_alice.post(f"/consents/{consent.pk}", said | {"until": "2026-01-01"}).status_code == 422


def test_a_withdrawal_shows_what_is_concerned_and_is_for_good(
    as_alice: Client, workspace: Workspace, channel: Channel, bathroom: Asset, alice: User
) -> None:
    consent = agreed(workspace, alice)
    add_to(consent, [bathroom], by=alice)
    post = plan(workspace, channel, bathroom).post

    page = as_alice.post(f"/consents/{consent.pk}/withdraw", follow=True).content.decode()

    assert post and f"/posts/{post.pk}" in page
    assert "library:withdraw" not in page and f"/consents/{consent.pk}/withdraw" not in page
    assert Entry.objects.filter(verb="consent.withdrawn", subject_id=consent.pk).count() == 1
    consent.refresh_from_db()
    withdrawn_at = consent.withdrawn_at
    as_alice.post(f"/consents/{consent.pk}/withdraw")
    consent.refresh_from_db()
    assert consent.withdrawn_at == withdrawn_at
    assert Entry.objects.filter(verb="consent.withdrawn").count() == 1


def test_the_pictures_that_lack_a_consent_are_one_choice_away(
    as_alice: Client, workspace: Workspace, bathroom: Asset, alice: User
) -> None:
    holds, over, gone, _free = (asset_of(workspace) for _ in range(4))
    add_to(agreed(workspace, alice), [holds], by=alice)
    add_to(agreed(workspace, alice, until=workspace.today() - timedelta(days=1)), [over], by=alice)
    consent = agreed(workspace, alice)
    add_to(consent, [gone], by=alice)
    withdraw(consent, by=alice)

    tiles = as_alice.get("/media?lacks=consent").context["tiles"]

    assert {tile.id for tile in tiles} == {bathroom.pk, over.pk, gone.pk}
    assert "un accord pour 3 images" in as_alice.get("/consents").content.decode()


def test_several_pictures_get_one_consent_at_once(
    as_alice: Client, workspace: Workspace, alice: User
) -> None:
    consent = agreed(workspace, alice)
    first, second = asset_of(workspace), asset_of(workspace)

    for _ in range(2):
        as_alice.post("/media/chosen", {"asset": [first.pk, second.pk], "consent": consent.pk})

    assert consent.shown_on.count() == 2
    assert Asset.objects.filter(recognisable=True).count() == 2


def test_an_entry_is_forgotten_only_when_no_picture_depends_on_it(
    as_alice: Client, workspace: Workspace, bathroom: Asset, alice: User
) -> None:
    consent = agreed(workspace, alice)
    add_to(consent, [bathroom], by=alice)
    assert as_alice.post(f"/consents/{consent.pk}/forget").status_code == 422

    as_alice.post(f"/media/{bathroom.pk}/people", {"people-recognisable": "on"})
    as_alice.post(f"/consents/{consent.pk}/forget")

    assert not Consent.objects.exists()
    told = Entry.objects.filter(verb__startswith="consent.").values_list("params", flat=True)
    assert not any("Rochat" in str(params) for params in told)


def test_mallory_reaches_no_consent_of_ours(
    client: Client, mallory: User, workspace: Workspace, bathroom: Asset, alice: User
) -> None:
    consent = agreed(workspace, alice)
    client.force_login(mallory)

    assert client.get(f"/consents/{consent.pk}").status_code == 404
    for act in ("", "/withdraw", "/forget"):
        assert client.post(f"/consents/{consent.pk}{act}").status_code == 404
    assert client.get(f"/consents/new?asset={bathroom.pk}").status_code == 404
    assert client.post(f"/media/{bathroom.pk}/people", {}).status_code == 404
    hers = asset_of(mallory.memberships.get().workspace)
    client.post(f"/media/{hers.pk}/people", {"people-consents": [consent.pk]})
    client.post("/media/chosen", {"asset": hers.pk, "consent": consent.pk})

    consent.refresh_from_db()
    assert consent.withdrawn_at is None and not consent.shown_on.exists()
    assert "Rochat" not in client.get("/consents").content.decode()


def test_a_viewer_sees_no_names_of_customers(
    client: Client, chloe: User, workspace: Workspace, bathroom: Asset, alice: User
) -> None:
    add_to(agreed(workspace, alice), [bathroom], by=alice)
    client.force_login(chloe)

    assert client.get("/consents").status_code == 403
    assert "Rochat" not in client.get(f"/media/{bathroom.pk}").content.decode()
