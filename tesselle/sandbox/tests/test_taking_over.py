"""From practice to real in one step; and nothing but words, pictures and times ever goes that way."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Variant
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.registry import transport_for
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.slots import WeeklySlot
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery, installation
from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.links.addresses import short
from tesselle.links.services import make
from tesselle.plan.models import PostingSlot
from tesselle.plan.slots import add_slots
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.practice import PracticeWorld
from tesselle.sandbox.taking_over import take_over
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Objective, Pillar
from tesselle.workspaces.models import Member, Role, User, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(workspace: Workspace, alice: User, tmp_path: Path, settings: Any) -> Workspace:
    settings.MEDIA_ROOT = tmp_path
    installation()
    channel = connect_simulated(workspace=workspace, network="mastodon", by=alice)
    other = connect_simulated(workspace=workspace, network="bluesky", by=alice)
    add_slots(channel, [WeeklySlot(1, time(12)), WeeklySlot(3, time(18, 30))], by=alice)
    asset = add_upload(workspace=workspace, file=upload(picture(), "sol.jpg"), by=alice)
    shared = Content(text="Le sol", media=(asset.as_media("Un sol"),))
    own = Content(
        text="Le sol, en court", media=(asset.as_media("Un sol"),), options={"visibility": "private"}
    )
    pillar = Pillar.objects.create(workspace=workspace, name="Chantiers", target_percent=40)
    Objective.objects.create(workspace=workspace, sentence="Se faire connaître à Lutry")
    save_post(
        workspace=workspace,
        author=alice,
        shared=shared,
        wordings=(Wording(channel, own), Wording(other)),
        name="Sol",
        aim=Aim(pillar=pillar.pk),
    )
    save_post(workspace=workspace, author=alice, shared=Content(text="Deux mots"), wordings=(), name="Mots")
    return workspace


@pytest.fixture
def real(alice: User) -> Workspace:
    made = Workspace.objects.create(name="Pour de vrai", world_kind="real")
    Member.objects.create(workspace=made, user=alice, role=Role.EDITOR)
    Channel.objects.create(
        workspace=made, network="mastodon", kind="account", remote_id="7", server="https://vrai.example"
    )
    return made


def test_drafts_pictures_and_times_are_copied_and_nothing_is_planned(
    practice: Workspace, real: Workspace, alice: User
):
    taken = take_over(practice=practice, real=real, by=alice)

    assert (taken.drafts, taken.slots, taken.subjects) == (2, 2, 2)
    sol, words = Post.objects.filter(workspace=real).order_by("pk")
    assert (sol.name, words.name) == ("Sol", "Mots")
    assert sol.pillar is not None
    assert (sol.pillar.workspace, sol.pillar.name, sol.pillar.target_percent) == (real, "Chantiers", 40)
    assert words.pillar is None
    assert sol.current is not None
    variant = sol.current.variants.get()
    assert (variant.channel.network, variant.channel.workspace) == ("mastodon", real)
    assert variant.content.text == "Le sol, en court"
    assert dict(variant.content.options) == {}
    (asset,) = Asset.objects.filter(workspace=real)
    assert variant.content.media[0].asset == asset.path
    times = PostingSlot.objects.filter(channel__workspace=real).values_list("weekday", "at")
    assert list(times) == [(1, time(12)), (3, time(18, 30))]
    assert not Delivery.objects.filter(workspace=real).exists()
    assert Post.objects.filter(workspace=practice).count() == 2
    assert Entry.objects.filter(verb="practice.taken_over").count() == 2


def test_once_more_brings_only_what_is_new(practice: Workspace, real: Workspace, alice: User):
    take_over(practice=practice, real=real, by=alice)
    save_post(workspace=practice, author=alice, shared=Content(text="Neuf"), wordings=(), name="Neuf")

    taken = take_over(practice=practice, real=real, by=alice)

    assert (taken.drafts, taken.slots, taken.subjects) == (1, 0, 0)
    assert Post.objects.filter(workspace=real).count() == 3
    assert Asset.objects.filter(workspace=real).count() == 1


def test_a_short_link_becomes_the_page_it_leads_to(practice: Workspace, real: Workspace, alice: User):
    address = short(make(practice, "https://carrelages.example/sols", by=alice).code)
    channel = Channel.objects.get(workspace=practice, network="mastodon")
    save_post(
        workspace=practice,
        author=alice,
        shared=Content(text=f"Nos sols : {address}."),
        wordings=(Wording(channel, Content(text=f"Ici : {address}")),),
        name="Sols",
    )

    take_over(practice=practice, real=real, by=alice)

    there = Post.objects.select_related("current").get(workspace=real, name="Sols")
    assert there.current is not None
    assert there.current.shared_content.text == "Nos sols : https://carrelages.example/sols."
    assert short("")[:-1] not in "".join(str(one.body) for one in there.current.variants.all())


def test_no_channel_is_ever_taken_along(practice: Workspace, real: Workspace, alice: User):
    before = list(Channel.objects.filter(workspace=real).values_list("pk", "remote_id"))

    take_over(practice=practice, real=real, by=alice)

    assert list(Channel.objects.filter(workspace=real).values_list("pk", "remote_id")) == before
    used = Variant.objects.filter(revision__post__workspace=real).select_related("channel__workspace")
    assert {variant.channel.workspace for variant in used} == {real}


def test_neither_backwards_nor_sideways(practice: Workspace, real: Workspace, alice: User):
    sideways = Workspace.objects.create(name="Autre essai", world_kind="practice")
    for source, target in ((real, practice), (real, real), (practice, sideways)):
        with pytest.raises(RuleError):
            take_over(practice=source, real=target, by=alice)
    assert Post.objects.exclude(workspace=practice).count() == 0


def test_the_page_takes_over_and_leads_to_the_drafts(practice: Workspace, real: Workspace, as_alice: Client):
    page = as_alice.get(reverse("sandbox:take_over")).content.decode()
    assert "Pour de vrai" in page
    assert "Mastodon" in page

    answer = as_alice.post(reverse("sandbox:take_over_begin"), {"workspace": real.pk}, follow=True)

    assert "Sol" in answer.content.decode()
    assert "Pour de vrai" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, None])
def test_only_where_one_may_write(
    practice: Workspace, real: Workspace, as_alice: Client, alice: User, role: str | None
):
    Member.objects.filter(workspace=real).delete()
    if role:
        Member.objects.create(workspace=real, user=alice, role=role)

    assert "Pour de vrai" not in as_alice.get(reverse("sandbox:take_over")).content.decode()
    assert as_alice.post(reverse("sandbox:take_over_begin"), {"workspace": real.pk}).status_code == 404

    assert not Post.objects.filter(workspace=real).exists()


def test_mallory_takes_nothing(practice: Workspace, real: Workspace, mallory: User, client: Client):
    client.force_login(mallory)
    assert client.get(reverse("sandbox:take_over")).status_code == 404
    assert client.post(reverse("sandbox:take_over_begin"), {"workspace": real.pk}).status_code == 404


# --- Nothing simulated reaches a real network, nothing real a simulated one ---


def test_a_real_workspace_never_gets_a_practice_world(real: Workspace, workspace: Workspace):
    async def worlds() -> tuple[object, object]:
        return transport_for(real.world), transport_for(workspace.world)

    ours, simulated = async_to_sync(worlds)()
    assert isinstance(simulated, PracticeWorld)
    assert not isinstance(ours, PracticeWorld)
    with pytest.raises(RuleError):
        connect_simulated(workspace=real, network="mastodon", by=User.objects.create_user("x@example.org"))
