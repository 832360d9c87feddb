"""A bad day of a simulated network: what the product makes of it, and how it ends."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.networks import plugin, slugs
from tesselle.plan.services import Slot, plan_post
from tesselle.sandbox.badday.kinds import NAME, Kind, play
from tesselle.sandbox.badday.services import begin, end, going_on, schedule, take_new_token
from tesselle.sandbox.clock import services as clock
from tesselle.sandbox.models import BadDay
from tesselle.sandbox.shown.reading import account_seen
from tesselle.sandbox.tests.living import carried, planned
from tesselle.simulation.faults import Effect, Fault, FaultScript
from tesselle.workspaces.models import Member, Role, User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)


def lived(channel: Channel, by: User, ahead: timedelta, folder: Path) -> None:
    workspace = channel.workspace
    carried(clock.go_until(workspace=workspace, until=workspace.now() + ahead, by=by), folder)
    workspace.refresh_from_db()


def became(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_an_error_in_an_outage_is_no_proof_so_nothing_is_decided_until_the_network_is_back(
    company: Channel, alice: User, tmp_path: Path
):
    delivery = planned(company, "Chantier", HOUR)
    bad = begin(workspace=company.workspace, network="mastodon", kind=BadDay.Kind.OUTAGE, by=alice)

    lived(company, alice, 6 * HOUR, tmp_path)
    assert became(delivery) == "settling"
    end(bad, by=alice)
    lived(company, alice, 6 * HOUR, tmp_path)

    # Surely not there, and six hours late nothing goes out without being asked.
    assert became(delivery) == "missed"
    seen = account_seen(company)
    assert seen is not None
    assert seen.posts == ()


def test_after_a_short_outage_the_post_goes_out_by_itself(company: Channel, alice: User, tmp_path: Path):
    delivery = planned(company, "Chantier", HOUR)
    now = company.workspace.now()
    schedule(
        company.workspace,
        network="mastodon",
        kind=BadDay.Kind.OUTAGE,
        begins_at=now + 0.9 * HOUR,
        ends_at=now + 1.3 * HOUR,
    )

    lived(company, alice, 6 * HOUR, tmp_path)

    assert became(delivery) == "live"
    assert delivery.live_at is not None
    assert delivery.live_at >= now + 1.3 * HOUR


def test_who_is_slowed_down_waits_and_then_goes_out(company: Channel, alice: User, tmp_path: Path):
    delivery = planned(company, "Chantier", HOUR)
    bad = begin(workspace=company.workspace, network="mastodon", kind=BadDay.Kind.THROTTLED, by=alice)

    lived(company, alice, 1.2 * HOUR, tmp_path)
    assert became(delivery) == "waiting"
    end(bad, by=alice)
    lived(company, alice, HOUR, tmp_path)

    assert became(delivery) == "live"


def test_a_refused_picture_refuses_its_post_and_no_other(
    company: Channel, alice: User, tmp_path: Path, settings: Any
):
    settings.MEDIA_ROOT = tmp_path
    workspace = company.workspace
    asset = add_upload(workspace=workspace, file=upload(picture(), "sol.jpg"), by=alice)
    post = save_post(
        workspace=workspace,
        author=alice,
        shared=Content(text="Le sol", media=(asset.as_media("Un sol"),)),
        wordings=(Wording(company),),
        name="Le sol",
    )
    at = (workspace.now() + HOUR).astimezone(workspace.tz).replace(tzinfo=None, microsecond=0)
    with_picture = plan_post(post=post, slots={company.pk: Slot(at, workspace.zone)}, by=alice)[0]
    words = planned(company, "Sans image", 2 * HOUR)
    begin(workspace=workspace, network="mastodon", kind=BadDay.Kind.REFUSES, by=alice)

    lived(company, alice, 4 * HOUR, tmp_path)

    assert (became(with_picture), became(words)) == ("refused", "live")


def test_a_token_that_ran_out_stops_the_channel_until_somebody_signs_in_again(
    company: Channel, alice: User, as_alice: Client, tmp_path: Path
):
    delivery, later = planned(company, "Chantier", HOUR), planned(company, "Un autre", 10 * HOUR)
    begin(workspace=company.workspace, network="mastodon", kind=BadDay.Kind.EXPIRED, by=alice)

    lived(company, alice, 1.3 * HOUR, tmp_path)
    company.refresh_from_db()
    assert (became(delivery), company.blocked_reason) == ("blocked", "sign_in")
    page = as_alice.get(reverse("channels:reconnect", args=[company.pk]))
    assert reverse("sandbox:new_token", args=[company.pk]) in page.content.decode()
    as_alice.post(reverse("sandbox:new_token", args=[company.pk]))
    company.refresh_from_db()
    assert company.blocked_reason == ""
    assert not going_on(company.workspace).exists()
    lived(company, alice, 12 * HOUR, tmp_path)

    assert became(later) == "live"
    assert became(delivery) == "live"


@pytest.mark.parametrize("slug", slugs())
@pytest.mark.parametrize("kind", Kind)
def test_every_network_can_play_every_bad_day(slug: str, kind: Kind):
    script, other = FaultScript(), Fault("create", Effect.HANG)
    script.add(other)

    play(script, plugin(slug).sandbox, [kind])
    assert [fault.name for fault in script.faults if fault is not other].count(NAME) >= 1
    play(script, plugin(slug).sandbox, [])

    assert script.faults == [other]


def test_what_goes_wrong_is_marked_on_every_page_and_journalled(company: Channel, as_alice: Client):
    assert "data-bad-days" not in as_alice.get("/calendar").content.decode()

    as_alice.post(reverse("sandbox:bad_day_begin"), {"network": "mastodon", "kind": "outage"})
    for page in ("/calendar", "/", reverse("sandbox:bad_day"), reverse("sandbox:clock_bar")):
        assert 'data-bad-days="1"' in as_alice.get(page).content.decode(), page
    as_alice.post(reverse("sandbox:bad_day_end", args=[BadDay.objects.get().pk]))

    assert "data-bad-days" not in as_alice.get("/calendar").content.decode()
    verbs = Entry.objects.filter(verb__startswith="practice.").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["practice.outage_begun", "practice.bad_day_ended"]


def test_the_same_cannot_go_wrong_twice_and_nowhere_without_an_account(company: Channel, alice: User):
    begin(workspace=company.workspace, network="mastodon", kind=BadDay.Kind.OUTAGE, by=alice)

    with pytest.raises(RuleError, match="on already"):
        begin(workspace=company.workspace, network="mastodon", kind=BadDay.Kind.OUTAGE, by=alice)
    with pytest.raises(RuleError, match="no account"):
        begin(workspace=company.workspace, network="bluesky", kind=BadDay.Kind.OUTAGE, by=alice)


def test_a_real_workspace_has_no_bad_days(company: Channel, as_alice: Client, alice: User):
    real = Workspace.objects.create(name="Pour de vrai", world_kind="real")
    with pytest.raises(RuleError):
        begin(workspace=real, network="mastodon", kind=BadDay.Kind.OUTAGE, by=alice)
    channel = Channel.objects.create(workspace=real, network="mastodon", kind="account", remote_id="1")
    with pytest.raises(RuleError):
        take_new_token(channel=channel, by=alice)
    Member.objects.filter(user=alice).update(workspace=real, role=Role.OWNER)
    forms = {"network": "mastodon", "kind": "outage"}
    assert as_alice.get(reverse("sandbox:bad_day")).status_code == 404
    assert as_alice.post(reverse("sandbox:bad_day_begin"), forms).status_code == 404
    assert as_alice.post(reverse("sandbox:new_token", args=[channel.pk])).status_code == 404


def test_mallory_switches_nothing_on_or_off(company: Channel, alice: User, mallory: User, client: Client):
    bad = begin(workspace=company.workspace, network="mastodon", kind=BadDay.Kind.OUTAGE, by=alice)
    Workspace.objects.filter(name="Ailleurs").update(world_kind="practice")
    client.force_login(mallory)

    client.post(reverse("sandbox:bad_day_begin"), {"network": "mastodon", "kind": "expired"})
    assert client.post(reverse("sandbox:bad_day_end", args=[bad.pk])).status_code == 404
    assert client.post(reverse("sandbox:new_token", args=[company.pk])).status_code == 404

    assert going_on(company.workspace).get() == bad


def test_no_bad_day_ends_before_it_began(workspace: Workspace):
    from django.db import IntegrityError

    now = workspace.now()
    with pytest.raises(IntegrityError):
        schedule(workspace, network="mastodon", kind=BadDay.Kind.OUTAGE, begins_at=now, ends_at=now - HOUR)
    connection.rollback()
