"""The calendar at a secret address."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tesselle.ledger.models import Delivery
from tesselle.plan.models import CalendarFeed, Event
from tesselle.plan.rhythm import feeds
from tesselle.plan.rhythm.ical import Entry, escaped, folded, written
from tesselle.plan.tests.test_calendar import channel_in, planned
from tesselle.workspaces.models import User, Workspace

NOON = datetime(2026, 3, 18, 11, 0, tzinfo=UTC)


def read(token: str) -> tuple[int, str]:
    """As a phone does: nobody is signed in."""
    response = Client().get(reverse("plan:feed", args=[token]))
    return response.status_code, response.content.decode()


def test_it_is_told_once_and_kept_as_a_hash(as_alice: Client, workspace: Workspace):
    page = as_alice.post(reverse("plan:open_feed"), {"name": "Téléphone"}).content.decode()
    address = page.split('id="feed-address" value="')[1].split('"')[0]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")

    feed = CalendarFeed.objects.get()
    assert token not in feed.digest and token not in as_alice.get(reverse("plan:feeds")).content.decode()
    assert Client().get(urlsplit(address).path).status_code == 200


def test_a_calendar_is_subscribed_to_with_one_press_and_a_page_is_only_copied(as_alice: Client):
    made = as_alice.post("/calendar/feeds/open", {"name": "Natel", "days": 0}).content.decode()
    _, host, rest = re.findall(r'id="feed-address" value="(https?)://([^/]+)(/feeds/[^"]+\.ics)"', made)[0]
    assert f'href="webcal://{host}{rest}"' in made and 'data-copies="feed-address"' in made

    page = as_alice.post("/calendar/feeds/open", {"name": "Mairie", "days": 30}).content.decode()
    assert "webcal:" not in page and 'data-copies="feed-address"' in page


def test_it_holds_what_is_planned_and_own_events(workspace: Workspace, alice: User):
    channel = channel_in(workspace)
    soon = workspace.now().replace(microsecond=0) + timedelta(days=2)
    planned(workspace, channel, soon, "Pose, coupe; et joints")
    off = planned(workspace, channel, soon, "Annulée")
    Delivery.objects.filter(pk=off.pk).update(state="cancelled")
    Event.objects.create(
        workspace=workspace, name="Salon", first_day=soon.date(), last_day=soon.date() + timedelta(days=2)
    )
    _, token = feeds.open_feed(workspace, "Téléphone", by=alice)

    status, text = read(token)

    assert status == 200
    assert f"DTSTART:{soon:%Y%m%dT%H%M%SZ}" in text and r"SUMMARY:Pose\, coupe\; et joints" in text
    assert f"DTEND;VALUE=DATE:{soon.date() + timedelta(days=3):%Y%m%d}" in text
    assert "Annulée" not in text


def test_a_withdrawn_or_made_up_address_answers_nothing(as_alice: Client, workspace: Workspace, alice: User):
    feed, token = feeds.open_feed(workspace, "Téléphone", by=alice)
    as_alice.post(reverse("plan:withdraw_feed", args=[feed.pk]))

    assert read(token)[0] == read("x" * 43)[0] == 404


def test_it_shows_nothing_of_another_workspace(workspace: Workspace, alice: User, mallory: User):
    elsewhere = mallory.memberships.get().workspace
    planned(elsewhere, channel_in(elsewhere), elsewhere.now() + timedelta(days=1), "Secret")
    _, token = feeds.open_feed(workspace, "Téléphone", by=alice)

    assert "Secret" not in read(token)[1]


def test_viewers_and_strangers_open_and_withdraw_none(
    client: Client, workspace: Workspace, alice: User, chloe: User, mallory: User
):
    feed, token = feeds.open_feed(workspace, "Téléphone", by=alice)
    client.force_login(chloe)
    assert client.post(reverse("plan:open_feed"), {"name": "x"}).status_code == 403
    client.force_login(mallory)
    assert "Téléphone" not in client.get(reverse("plan:feeds")).content.decode()
    assert client.post(reverse("plan:withdraw_feed", args=[feed.pk])).status_code == 404

    assert read(token)[0] == 200


@given(st.text(max_size=300))
def test_a_text_comes_back_from_its_folded_line(text: str):
    line = f"SUMMARY:{escaped(text)}"

    cut = folded(line)

    assert cut.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in cut.split("\r\n"))
    assert "\n" not in line


def test_a_file_is_written_as_the_standard_says():
    text = written("Plan", [Entry("a@b", date(2026, 3, 18), "Salon")], stamped=NOON)

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20260318\r\nDTEND;VALUE=DATE:20260319\r\n" in text
