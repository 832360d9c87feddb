"""The first page: what waits for a person, with the buttons right there, and what goes out next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.checks.consents import WITHDRAWN
from tesselle.domain.content import Content
from tesselle.domain.messages import Message
from tesselle.ledger.models import Delivery, installation
from tesselle.ledger.services import deciding
from tesselle.ledger.services.planning import plan_delivery
from tesselle.plan.tests.test_calendar import channel_in, planned
from tesselle.publish.deciding import note
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


def waiting(
    workspace: Workspace, channel: Channel, state: str, text: str = "Zellige", **more: object
) -> Delivery:
    delivery = planned(workspace, channel, timezone.now() - timedelta(hours=3), text)
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **more)
    delivery.refresh_from_db()
    return delivery


def test_it_is_the_first_page_after_signing_in(as_alice: Client, channel: Channel):
    page = as_alice.get("/")

    assert page.status_code == 200 and 'data-needs="0"' in page.content.decode()


def test_an_owner_who_begins_for_real_may_practise_first(
    as_alice: Client, client: Client, bob: User, workspace: Workspace
):
    offer = "/workspaces/new/?practice"
    assert offer not in as_alice.get("/").content.decode(), "she practises already"

    Workspace.objects.update(world_kind=Workspace.WorldKind.REAL)
    assert offer in as_alice.get("/").content.decode()
    assert as_alice.get(offer).context["form"]["world_kind"].value() == "practice"

    client.force_login(bob)
    assert offer not in client.get("/").content.decode(), "he may not make a workspace"


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("unknown", ["look-again", "mark-as-sent", "send-now"]),
        ("partial", ["send-now"]),
        ("refused", ["send-now", "cancel"]),
        ("missed", ["send-now", "cancel"]),
        ("blocked", ["send-now", "cancel"]),
        ("removed", []),
    ],
)
def test_each_state_that_waits_is_told_with_what_can_be_done(
    as_alice: Client, workspace: Workspace, channel: Channel, state: str, acts: list[str]
):
    delivery = waiting(workspace, channel, state)

    page = as_alice.get("/").content.decode()

    assert f'id="need-delivery-{delivery.pk}"' in page and "Zellige" in page
    assert [act for act in acts if f'action="/deliveries/{delivery.pk}/{act}"' not in page] == []


def test_what_was_planned_or_is_out_does_not_wait(as_alice: Client, workspace: Workspace, channel: Channel):
    for state in ("planned", "queued", "sending", "processing", "live", "sent", "cancelled", "settling"):
        waiting(workspace, channel, state)

    assert 'data-needs="0"' in as_alice.get("/").content.decode()


def test_several_missed_posts_are_one_card_that_leads_to_one_decision(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    for number in range(3):
        waiting(workspace, channel, "missed", f"Manqué {number}")

    page = as_alice.get("/").content.decode()

    assert 'id="need-missed"' in page and 'href="/missed"' in page
    assert 'data-needs="1"' in page


def without_consent(workspace: Workspace, channels: list[Channel], text: str = "Un bain") -> list[Delivery]:
    """One post, refused on each of the channels because somebody on its picture took their yes back."""
    wordings = tuple(Wording(channel) for channel in channels)
    post = save_post(workspace=workspace, author=None, shared=Content(text=text), wordings=wordings)
    assert post.current is not None
    due_at = timezone.now() - timedelta(hours=3)
    rows = [
        plan_delivery(variant=variant, due_at=due_at, local_at="", zone="Europe/Zurich", by=None)
        for variant in post.current.variants.order_by("channel")
    ]
    told = note(Message(WITHDRAWN, {"who": "Famille Rochat"}))
    Delivery.objects.filter(post=post).update(state="refused", reason="consent_withdrawn", note=told)
    return rows


def test_a_consent_taken_back_is_one_card_for_the_post_that_names_its_channels(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    Channel.objects.filter(pk=channel.pk).update(display_name="Carreaux Martin")
    first, other = without_consent(workspace, [channel, channel_in(workspace, "atelier")])
    without_consent(workspace, [channel], "Un sol")

    page = as_alice.get("/").content.decode()

    assert 'data-needs="2"' in page and ">2<span" in page, "two posts, not three deliveries"
    card = page.partition(f'id="need-delivery-{first.pk}"')[2].partition("</li>")[0]
    assert "Carreaux Martin" in card and "atelier" in card
    assert card.count("Famille Rochat") == 1 and f'href="/posts/{first.post_id}"' in card
    assert f'id="need-delivery-{other.pk}"' not in page


@pytest.mark.parametrize(("act", "state"), [("cancel", "cancelled"), ("send-now", "queued")])
def test_what_is_decided_on_one_card_holds_for_all_the_channels_it_names(
    as_alice: Client, workspace: Workspace, channel: Channel, act: str, state: str
):
    both = without_consent(workspace, [channel, channel_in(workspace, "atelier")])
    elsewhere = waiting(workspace, channel, "refused")
    card = next(need for need in as_alice.get("/").context["needs"] if need.key == f"delivery-{both[0].pk}")
    fields = next(one.fields for one in card.acts if one.url.endswith(f"/{act}"))

    as_alice.post(f"/deliveries/{both[0].pk}/{act}", {**dict(fields), "with": [both[1].pk, elsewhere.pk]})

    assert ("with", str(both[1].pk)) in fields
    assert [Delivery.objects.get(pk=one.pk).state for one in both] == [state, state]
    assert Delivery.objects.get(pk=elsewhere.pk).state == "refused", "another post is another decision"


def test_a_post_that_waits_for_its_yes_leads_to_the_approval_and_is_not_sent_past_it(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    both = without_consent(workspace, [channel, channel_in(workspace, "atelier")])
    Delivery.objects.filter(post=both[0].post).update(state="blocked", reason="approval", note={})

    (card,) = as_alice.get("/").context["needs"]
    page = as_alice.get(f"/deliveries/{both[1].pk}").content.decode()

    assert card.acts[0].url == f"/posts/{both[0].post_id}/approval"
    assert not any("send-now" in one.url for one in card.acts)
    assert f'href="/posts/{both[0].post_id}/approval"' in page and "/send-now" not in page


def test_a_signed_out_channel_is_one_card_for_all_it_holds_back(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    Channel.objects.filter(pk=channel.pk).update(blocked_reason="sign_in")
    for number in range(2):
        waiting(workspace, channel, "blocked", f"Retenu {number}", reason="sign_in")

    page = as_alice.get("/").content.decode()

    assert f'id="need-channel-{channel.pk}"' in page and f"/channels/{channel.pk}/reconnect/" in page
    assert 'data-needs="1"' in page and "Retenu 0" not in page.partition("</ul>")[0]


def test_a_held_installation_comes_first_and_an_owner_releases_it_there(as_alice: Client, channel: Channel):
    installation()
    deciding.hold("restored")
    assert 'id="need-held"' in as_alice.get("/").content.decode()

    response = as_alice.post("/release", {"back": "needs"})

    assert response.headers["Location"] == "/"
    assert 'id="need-held"' not in as_alice.get("/").content.decode()


def test_a_button_comes_back_to_the_first_page_with_an_undo(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    delivery = waiting(workspace, channel, "missed")

    page = as_alice.post(f"/deliveries/{delivery.pk}/cancel", {"back": "needs"}, follow=True)

    assert page.redirect_chain[-1][0] == "/"
    assert f"/take-up?ids={delivery.pk}" in page.content.decode()


def test_the_navigation_counts_what_waits_on_every_page(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    waiting(workspace, channel, "unknown")
    waiting(workspace, channel, "refused")

    assert ">2<span" in as_alice.get("/drafts").content.decode()
    assert ">2<span" in as_alice.get("/needs/count").content.decode()


def test_what_goes_out_in_the_week_is_told_by_day(as_alice: Client, workspace: Workspace, channel: Channel):
    planned(workspace, channel, timezone.now() + timedelta(minutes=1), "Bientôt")
    planned(workspace, channel, timezone.now() + timedelta(days=9), "Trop loin")

    page = as_alice.get("/").content.decode()

    assert "Bientôt" in page and "Trop loin" not in page


def test_one_post_on_several_channels_is_one_line(as_alice: Client, workspace: Workspace, channel: Channel):
    at = timezone.now() + timedelta(minutes=30)
    other = channel_in(workspace, "atelier")
    both = {planned(workspace, one, at, "Ensemble").pk for one in (channel, other)}

    days = as_alice.get("/").context["days"]
    page = as_alice.get("/").content.decode()

    (post,) = days[0].posts
    assert {line.id for line in post.lines} == both
    assert page.count('class="waiting-line ahead-post"') == 1 and page.count("data-delivery=") == 2


def test_forty_waiting_cost_no_more_queries_than_four(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    def seen(number: int) -> int:
        for _ in range(number):
            waiting(workspace, channel, "unknown")
            waiting(workspace, channel, "refused")
        with CaptureQueriesContext(connection) as queries:
            as_alice.get("/")
        return len(queries)

    assert seen(2) == seen(18) <= 16


def test_a_viewer_sees_what_waits_and_has_no_buttons(
    client: Client, chloe: User, workspace: Workspace, channel: Channel
):
    delivery = waiting(workspace, channel, "unknown")
    client.force_login(chloe)

    page = client.get("/").content.decode()

    assert f'id="need-delivery-{delivery.pk}"' in page and "/look-again" not in page


def test_mallory_learns_nothing(client: Client, mallory: User, workspace: Workspace, channel: Channel):
    waiting(workspace, channel, "unknown", "Secret")
    Channel.objects.filter(pk=channel.pk).update(blocked_reason="sign_in")
    client.force_login(mallory)

    page = client.get("/").content.decode()

    assert "Secret" not in page and "carreaux" not in page
    assert ">1<span" not in client.get("/needs/count").content.decode()
