"""What is typed beside several pictures is kept on the server until posts are made of it."""

from argparse import Namespace
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.ledger.models import Delivery
from tesselle.library.models import Asset
from tesselle.ops.commands import tidy
from tesselle.plan.models import PicturesCopy
from tesselle.plan.pictures.keeping import KEPT_FOR
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.plan.tests.test_pictures import PAGE, begun, filled
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def kept(client: Client, form: dict[str, Any]) -> Any:
    answer = client.post(f"{PAGE}/keep", form)
    assert answer.status_code == 200
    return answer.json()


def test_what_is_typed_is_found_on_any_other_device_and_goes_when_posts_are_made(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    first = kept(as_alice, sent)
    later = sent | {f"text-{three[1].pk}": "Deux, mieux dit"}
    assert kept(as_alice, later)["kept"] == first["kept"], "without its number too"
    assert kept(as_alice, later | {"once": "", "kept": first["kept"]})["kept"] == first["kept"]

    kept(as_alice, later | {"csrfmiddlewaretoken": "of a session", "kept": first["kept"]})
    assert "of+a+session" not in PicturesCopy.objects.get().typed
    (offered,) = as_alice.get(PAGE).context["begun_earlier"]
    assert (offered.words, offered.pictures, offered.id) == ("Un", 3, first["kept"])
    again = as_alice.get(PAGE, {"kept": offered.id})
    assert [row.row.text for row in again.context["page"].rows] == ["Un", "Deux, mieux dit", "Trois"]

    as_alice.post(PAGE, filled(again, "Un", "Deux", "Trois", channels=[channel.pk], kept=offered.id))
    assert Delivery.objects.count() == 3 and not PicturesCopy.objects.exists()


def test_what_is_sent_while_its_posts_are_made_is_not_kept_beside_them(
    as_alice: Client, channel: Channel, three: list[Asset]
):
    sent = filled(begun(as_alice, three), "Un", "Deux", "Trois", channels=[channel.pk])
    as_alice.post(PAGE, sent)

    assert kept(as_alice, sent) == {"kept_at": "", "kept": 0}
    assert kept(as_alice, {"once": "other"}) == {"kept_at": "", "kept": 0}, "no picture, nothing to keep"


def test_what_one_keeps_is_nobody_elses_and_can_be_put_away(
    client: Client, alice: User, mallory: User, bob: User, chloe: User, three: list[Asset]
):
    client.force_login(alice)
    number = kept(client, filled(begun(client, three), "Un", "Deux", "Trois"))["kept"]
    for person, status in ((mallory, 404), (bob, 404), (chloe, 403)):
        client.force_login(person)
        assert client.get(PAGE, {"kept": number}).status_code == status
        assert client.post(f"{PAGE}/kept/{number}/put-away").status_code == status
    client.force_login(bob)
    assert client.get(PAGE).context["begun_earlier"] == []
    kept(client, {"once": "b", "kept": number, "asset": [three[0].pk], f"text-{three[0].pk}": "De Bob"})
    assert PicturesCopy.objects.count() == 2

    client.force_login(alice)
    client.post(f"{PAGE}/kept/{number}/put-away")
    assert [copy.author for copy in PicturesCopy.objects.all()] == [bob]


def test_it_stands_among_the_drafts_and_is_put_away_from_there(
    client: Client, alice: User, bob: User, chloe: User, three: list[Asset]
):
    client.force_login(alice)
    number = kept(client, filled(begun(client, three), "Un sol à Lutry", "", ""))["kept"]
    page = client.get("/drafts").content.decode()
    assert "Un sol à Lutry" in page and f"{PAGE}?kept={number}" in page
    assert "empty-state" not in page, "somebody who has begun something is not told to begin"
    for stranger in (bob, chloe):
        client.force_login(stranger)
        assert "Un sol à Lutry" not in client.get("/drafts").content.decode()

    client.force_login(alice)
    assert client.post(f"{PAGE}/kept/{number}/put-away", {"on": "drafts"})["Location"] == "/drafts"
    assert "Un sol à Lutry" not in client.get("/drafts").content.decode()


def test_what_nobody_went_on_with_is_tidied_away_and_its_pictures_stay(
    as_alice: Client, three: list[Asset], monkeypatch: pytest.MonkeyPatch
):
    # The command runs in the tests' own installation.
    monkeypatch.setattr(tidy, "opened", nullcontext)
    form = filled(begun(as_alice, three), "Un", "Deux", "Trois")
    old, fresh = (kept(as_alice, form | {"once": once})["kept"] for once in ("old", "fresh"))
    for number, age in ((old, KEPT_FOR + timedelta(hours=1)), (fresh, KEPT_FOR - timedelta(hours=1))):
        PicturesCopy.objects.filter(pk=number).update(kept_at=timezone.now() - age)

    assert tidy.run(Namespace()) == 0

    assert [copy.pk for copy in PicturesCopy.objects.all()] == [fresh]
    assert Asset.objects.count() == 3
