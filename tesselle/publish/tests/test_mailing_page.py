"""A delivery to thousands is summed up; a channel that goes to a list has one."""

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.audience.models import MailingList, Subscriber
from tesselle.audience.services import add_by_hand
from tesselle.channels import services as channels
from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.ledger.services.planning import plan_delivery
from tesselle.publish.mailing import mailing_of
from tesselle.workspaces.models import Workspace

pytestmark = pytest.mark.django_db
READERS = 2_000


@pytest.fixture
def mailing(workspace: Workspace) -> Delivery:
    """Out to two thousand: two in doubt, sixty refused, three who had left meanwhile."""
    channel = Channel.objects.create(
        workspace=workspace,
        network="newsletter",
        kind="list",
        remote_id="a@b.example/x",
        server="",
        handle="a",
    )
    post = save_post(
        workspace=workspace, author=None, shared=Content("Grès", title="Grès"), wordings=(Wording(channel),)
    )
    delivery = plan_delivery(
        variant=post.current.variants.get(), due_at=workspace.now(), local_at="", zone="UTC", by=None
    )
    people = MailingList.objects.create(workspace=workspace, key=channel.remote_id, name="Liste")
    readers = Subscriber.objects.bulk_create(
        Subscriber(mailing_list=people, address=f"r{number}@example.org", state="confirmed", way="import")
        for number in range(READERS)
    )
    steps = Step.objects.bulk_create(
        Step(
            delivery=delivery,
            channel=channel,
            position=place,
            kind="recipient",
            key=str(place),
            instant=workspace.now(),
            recipient=str(reader.public_id),
            remote={"id": f"<{place}>"} if place >= 65 else None,
            remote_id=f"<{place}>" if place >= 65 else "",
        )
        for place, reader in enumerate(readers)
    )
    Attempt.objects.bulk_create(_attempt(step) for step in steps if not 62 <= step.position < 65)
    Delivery.objects.filter(pk=delivery.pk).update(state="unknown", reason="cannot_be_told")
    delivery.refresh_from_db()
    return delivery


def _attempt(step: Step) -> Attempt:
    state, verdict, evidence = "accepted", "accepted", {"status": 250, "answer": "queued"}
    if step.position < 2:
        state, verdict, evidence = "ambiguous", "no_answer", {"cause": "no answer in time"}
    elif step.position < 62:
        state, verdict, evidence = (
            "refused",
            "refused:recipient",
            {"status": 550, "answer": "no such mailbox"},
        )
    return Attempt(
        step=step,
        delivery=step.delivery,
        channel=step.channel,
        number=1,
        state=state,
        verdict=verdict,
        evidence=evidence,
    )


def test_what_became_of_thousands_is_counted(mailing: Delivery):
    told = mailing_of(mailing)

    assert (told.all, told.accepted, told.doubtful, told.refused, told.others) == (
        READERS,
        READERS - 65,
        2,
        60,
        3,
    )
    assert [one.address for one in told.troubles[:3]] == [f"r{number}@example.org" for number in range(3)]
    assert (len(told.troubles), told.more) == (50, 12)


def test_the_page_of_a_long_mailing_is_short(
    as_alice: Client, mailing: Delivery, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40):
        page = as_alice.get(reverse("publish:delivery", args=[mailing.pk])).content.decode()

    assert "550 no such mailbox" in page and "r0@example.org" in page
    assert len(page) < 80_000


def test_a_post_that_goes_to_no_list_has_no_mailing(workspace: Workspace, mailing: Delivery):
    Step.objects.all().update(recipient="")

    assert mailing_of(mailing) is None


@pytest.fixture
def connected(workspace: Workspace) -> Channel:
    from tesselle.connectors.protocols import Account, Identity

    facts = {"sender": "a@b.example", "domain": "b.example", "list_id": "x", "list_name": "Nouvelles"}
    account = Account(
        "list", "a@b.example/x", "a@b.example", "", facts, {"smtp": "x", "user": "", "password": ""}
    )
    identity = Identity(account, display_name="Nouvelles", profile_url="")
    channel = channels.connect(workspace=workspace, network="newsletter", identity=identity, by=None)
    channels.connect(workspace=workspace, network="newsletter", identity=identity, by=None, channel=channel)
    return channel


def test_a_channel_that_goes_to_a_list_has_one_and_keeps_it_when_it_is_connected_again(connected: Channel):
    people = MailingList.objects.get()
    assert (people.key, people.name, people.sender) == (connected.remote_id, "Nouvelles", "a@b.example")


def test_people_stay_on_the_list_when_the_channel_is_disconnected(connected: Channel):
    people = MailingList.objects.get()
    add_by_hand(people, address="ana@example.net", name="", consent_note="ici", by=None)

    channels.disconnect(connected, by=None)

    assert people.subscribers.filter(address="ana@example.net").exists()
