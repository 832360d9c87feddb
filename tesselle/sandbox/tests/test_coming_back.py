"""Whoever is answered in a practice workspace may come back: read by the connector, waiting for us, seen there."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tesselle.channels.choices import first_choices
from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.card import Ability, Discussed
from tesselle.domain.attention import attention_of
from tesselle.engage.judging import digest_of
from tesselle.engage.listening import listen_once
from tesselle.engage.models import Heard
from tesselle.engage.places import Place, below, of_account
from tesselle.engage.services import Said, answer, read_replies
from tesselle.ledger.models import Delivery
from tesselle.networks import card, plugin, slugs
from tesselle.ops.bench.channels import words_alone
from tesselle.plan.services import Slot, plan_post
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.clock import services as clock
from tesselle.sandbox.clock.leaving import leaving
from tesselle.sandbox.company.drafts import asset_of
from tesselle.sandbox.company.pictures import Picture
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.sandbox.models import ClockRun, SeededWorld
from tesselle.sandbox.practice import PracticeWorld
from tesselle.sandbox.tests.living import carried, worked_until
from tesselle.sandbox.truth import truth_of
from tesselle.simulation.network import SimAccount
from tesselle.simulation.worlds import WORLDS
from tesselle.workspaces.models import User, Workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]

HOUR = timedelta(hours=1)
QUICK = ("mastodon", "facebook")
NOT_HERE = {"x": "an app answers nobody there", "youtube": "needs a film"}
NETWORKS = [
    pytest.param(slug, marks=() if slug in QUICK else pytest.mark.thorough)
    for slug in slugs()
    if Ability.DISCUSS in card(slug).abilities
    and slug not in NOT_HERE
    and Discussed.COMMENTS in card(slug).discussed
]


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company that many follow, so that some surely write."""
    world = replace(WORLDS["complaints"], followers=120_000.0, followers_spread=0.0, complaints_week=0)
    monkeypatch.setitem(WORLDS, "complaints", world)


def channel_on(slug: str, workspace: Workspace, by: User) -> Channel:
    now = workspace.now()
    SeededWorld.objects.create(
        workspace=workspace, world="complaints", seed="pluie", began_at=now, remembered_until=now
    )
    return connect_simulated(workspace=workspace, network=slug, by=by)


def published(channel: Channel, by: User, folder: Path) -> Delivery:
    """An hour from now, and seen for a while."""
    content = words_alone("Avant, après : une terrasse en pierre")
    if plugin(channel.network).connector.limits(channel.account()).needs == ("media",):
        picture = CompanyPost(
            text="", on="all", picture=Picture("zellige", "lac", "floor"), alt="Des carreaux"
        )
        content = replace(content, media=asset_of(channel.workspace, picture, 0, by))
    at = (channel.workspace.now() + HOUR).astimezone(channel.workspace.tz).replace(tzinfo=None, microsecond=0)
    post = save_post(
        workspace=channel.workspace,
        author=by,
        shared=content,
        wordings=(Wording(channel, None, first_choices(channel) or None),),
        name="Terrasse",
    )
    (delivery,) = plan_post(post=post, slots={channel.pk: Slot(at, channel.workspace.zone)}, by=by)
    lived(channel, max(24, attention_of(channel.network).half_life_h / 3) * HOUR, by, folder)
    assert place_of(delivery) is not None
    return delivery


def lived(channel: Channel, ahead: timedelta, by: User, folder: Path) -> ClockRun:
    workspace = channel.workspace
    run = carried(clock.go_until(workspace=workspace, until=workspace.now() + ahead, by=by), folder)
    workspace.refresh_from_db()
    return run


def place_of(delivery: Delivery) -> Place:
    """As it is now: sign-ins go by the workspace's clock."""
    place = below(Delivery.objects.get(pk=delivery.pk))
    assert place is not None
    return place


def others(delivery: Delivery) -> list[Said]:
    return [one for one in read_replies(place_of(delivery)) if not one.reply.mine]


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("slug", NETWORKS)
def test_whoever_is_answered_comes_back_and_waits_for_us_again(
    slug: str, workspace: Workspace, alice: User, as_alice: Client, tmp_path: Path
):
    channel = channel_on(slug, workspace, alice)
    delivery = published(channel, alice, tmp_path)
    place, first = place_of(delivery), others(delivery)[:12]
    for number, one in enumerate(first):
        answer(place, to=one.reply.remote, text=f"Nous vous appelons, numéro {number}.", by=alice)
    lived(channel, HOUR, alice, tmp_path)
    assert first

    lived(channel, 22 * HOUR, alice, tmp_path)

    told = truth_of(workspace)["posts"][0]
    follow = {one["text"] for one in told["because_answered"] if one["below"] != told["id"]}
    came = [one for one in others(delivery) if one.reply.text in follow]
    assert came
    assert all(one.reply.parent_id for one in came), "they stand below something"
    digests = {digest_of(slug, one.reply.remote.id) for one in came}
    worked_until(
        lambda: Heard.objects.filter(digest__in=digests, state="open").count() == len(digests),
        tmp_path,
        listen_once,
    )
    assert place.address() in as_alice.get(reverse("engage:waiting")).content.decode()
    page = as_alice.get(reverse("sandbox:shown_post", args=[channel.pk, delivery.pk])).content.decode()
    assert all(escape(one.reply.text) in page for one in came)

    answer(place_of(delivery), to=came[0].reply.remote, text="Demain à neuf heures.", by=alice)
    lived(channel, HOUR, alice, tmp_path)
    state = next(one.state for one in others(delivery) if one.reply.remote == came[0].reply.remote)
    assert state == "answered"


@pytest.mark.usefixtures("crowd")
def test_whoever_left_a_review_may_change_it_after_our_answer_and_waits_again(
    workspace: Workspace, alice: User, tmp_path: Path
):
    channel = channel_on("google_business", workspace, alice)
    published(channel, alice, tmp_path)

    def reviews() -> tuple[Place, list[Said]]:
        (place,) = of_account(Channel.objects.get(pk=channel.pk))
        return place, [one for one in read_replies(place) if not one.reply.mine]

    place, first = reviews()
    for number, one in enumerate(first):
        answer(place, to=one.reply.remote, text=f"Merci, numéro {number}.", by=alice)
    lived(channel, 22 * HOUR, alice, tmp_path)

    place, later = reviews()
    changed = [one for one in later if one.reply.parent_id.endswith("/reply")]
    assert changed
    assert all("\n" in one.reply.text for one in changed)
    digest = digest_of("google_business", changed[0].reply.remote.id)
    waits = Heard.objects.filter(digest=digest, state="open")
    worked_until(waits.exists, tmp_path, listen_once)
    answer(place, to=changed[0].reply.remote, text="Merci de l’avoir dit.", by=alice)
    lived(channel, HOUR, alice, tmp_path)
    _, now = reviews()
    assert changed[0].reply.remote not in [one.reply.remote for one in now]
    worked_until(lambda: not waits.exists(), tmp_path, listen_once)


@pytest.mark.thorough
@pytest.mark.usefixtures("crowd")
def test_the_same_answers_have_the_same_consequences_however_the_clock_got_there(
    workspace: Workspace, alice: User, tmp_path: Path
):
    other = Workspace.objects.create(
        name="Ailleurs", world_kind="practice", zone=workspace.zone, language=workspace.language
    )
    told = []
    for place, steps in ((workspace, [40]), (other, [1, 2, 3, 4, 5, 6, 7, 12])):
        channel = channel_on("facebook", place, alice)
        delivery = published(channel, alice, tmp_path)
        for number, one in enumerate(others(delivery)[:6]):
            answer(place_of(delivery), to=one.reply.remote, text=f"Nous venons, numéro {number}.", by=alice)
        for hours in steps:
            lived(channel, hours * HOUR, alice, tmp_path)
        (post,), (account,) = truth_of(place)["posts"], truth_of(place)["channels"]
        said = [(one["kind"], one["text"]) for one in post["because_answered"]]
        told.append((said, post["of_kind"], account["followers"], account["left_over_complaints"]))

    assert told[0] == told[1]
    assert told[0][0]


@pytest.mark.usefixtures("crowd")
def test_the_clock_says_that_people_leave_over_a_complaint_and_falls_silent_when_all_are_answered(
    workspace: Workspace, alice: User, as_alice: Client, tmp_path: Path
):
    channel = channel_on("facebook", workspace, alice)
    delivery = published(channel, alice, tmp_path)
    assert "data-leaving" not in as_alice.get(reverse("sandbox:clock")).content.decode()

    run = lived(channel, 72 * HOUR, alice, tmp_path)

    left = leaving(run)
    assert left.followers > 0 and left.complaints > 0
    page = as_alice.get(reverse("sandbox:clock")).content.decode()
    said = page.partition("data-leaving")[2].partition("</p>")[0]
    assert f">{left.complaints} réclamations<" in said
    assert f"{left.followers} personnes" in said.replace("\u202f", "")
    (told,) = truth_of(workspace)["channels"]
    assert told["left_over_complaints"] == left.followers

    for number, one in enumerate(others(delivery)):
        answer(place_of(delivery), to=one.reply.remote, text=f"Nous venons voir, numéro {number}.", by=alice)
    lived(channel, HOUR, alice, tmp_path)
    (told,) = truth_of(workspace)["channels"]
    after = lived(channel, 10 * HOUR, alice, tmp_path)

    assert leaving(after).complaints == 0
    assert told["left_over_complaints"] == truth_of(workspace)["channels"][0]["left_over_complaints"]

    SeededWorld.objects.update(
        minds_from=channel.workspace.now()
    )  # as for a world that began before anybody minded
    (told,) = truth_of(workspace)["channels"]
    assert told["left_over_complaints"] == 0


@pytest.mark.parametrize(
    ("slug", "account", "minds"),
    [
        ("mastodon", SimAccount("1", "a", "A"), {"comments", "messages"}),
        ("google_business", SimAccount("1", "a", "A"), {"comments"}),
        ("linkedin", SimAccount("urn:li:organization:1", "a", "A"), {"comments"}),
        ("linkedin", SimAccount("urn:li:person:1", "a", "A"), set()),
        ("telegram", SimAccount("1", "a", "A", facts={"group": "-1002"}), {"comments"}),
        ("telegram", SimAccount("1", "a", "A"), set()),
        ("x", SimAccount("1", "a", "A"), set()),
        ("discord", SimAccount("1", "a", "A"), set()),
    ],
)
def test_nobody_minds_where_an_application_can_answer_nobody(slug: str, account: SimAccount, minds: set[str]):
    assert PracticeWorld(1).network(slug).hears(account) == minds
