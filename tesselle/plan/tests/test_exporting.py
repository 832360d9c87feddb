"""What is planned leaves as a table that can come back, and as a page for partners."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.services import save_post
from tesselle.domain.content import Content
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.plan.models import CalendarFeed
from tesselle.plan.rhythm.feeds import open_feed
from tesselle.plan.rhythm.rows import rows_of
from tesselle.plan.rhythm.tables import read_table
from tesselle.plan.tests.test_calendar import channel_in
from tesselle.plan.tests.test_moving import at_nine
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def planned(workspace: Workspace, channel: Channel) -> Delivery:
    return at_nine(workspace, channel, 3, "=1+1 est une recette")


def test_the_table_holds_what_is_planned_escaped_and_comes_back_by_the_import(
    as_alice: Client, workspace: Workspace, channel: Channel, planned: Delivery
):
    over = at_nine(workspace, channel, 4, "Annulé")
    Delivery.objects.filter(pk=over.pk).update(state="cancelled")
    text = as_alice.get("/list/export.csv").content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert len(rows) == 1 and rows[0][2] == "'=1+1 est une recette" and rows[0][1] == "09:00"

    back = rows_of(workspace, read_table("plan.csv", text.encode()))
    assert [row.channels for row in back] == [(channel,)] and back[0].is_good and head[0] == "date"
    assert back[0].content.text == "=1+1 est une recette"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["Dupont Carrelage, Morges", "Dupont; fils | Morges", "@dupont", "Bluesky"])
def test_whatever_a_channel_is_called_its_row_comes_back_for_it_alone(
    as_alice: Client, workspace: Workspace, ending: str, name: str
):
    named = [channel_in(workspace, handle) for handle in ("un", "deux", "trois", "quatre")]
    for channel, shown in zip(named, (name, "Dupont Carrelage", "Morges", "Bluesky"), strict=True):
        Channel.objects.filter(pk=channel.pk).update(display_name=shown)
    for days, channel in enumerate(named, start=3):
        at_nine(workspace, channel, days)

    data = as_alice.get(f"/list/export.{ending}").content

    back = rows_of(workspace, read_table(f"plan.{ending}", data))
    assert [row.channels for row in back] == [(channel,) for channel in named]
    assert all(row.is_good for row in back)


def test_the_workbook_says_the_same(as_alice: Client, planned: Delivery):
    data = as_alice.get("/list/export.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(cells) == 2 and cells[1][2] == "'=1+1 est une recette"


def test_only_what_is_ours_is_exported(client: Client, mallory: User, planned: Delivery):
    client.force_login(mallory)
    assert b"recette" not in client.get("/list/export.csv").content


def test_a_partner_reads_what_is_agreed_until_the_link_ends(
    client: Client, workspace: Workspace, channel: Channel, planned: Delivery, alice: User
):
    Channel.objects.filter(pk=channel.pk).update(needs_approval=True)
    save_post(workspace=workspace, author=alice, shared=Content(text="Un brouillon"), wordings=())
    elsewhere = channel_in(workspace, "autre")
    at_nine(workspace, elsewhere, 4, "Tout est convenu")
    feed, token = open_feed(workspace, "La fiduciaire", by=alice, days=30)
    path = reverse("plan:shared", args=[token])

    answer = client.get(path)
    page = answer.content.decode()
    assert "Tout est convenu" in page and "recette" not in page and "Un brouillon" not in page
    assert answer.headers["Referrer-Policy"] == "no-referrer" and "noindex" in answer.headers["X-Robots-Tag"]
    assert token not in CalendarFeed.objects.get().digest
    assert Entry.objects.filter(verb="feed.opened").exists()

    assert planned.variant is not None
    planned.variant.revision.approved_at = timezone.now()
    planned.variant.revision.save()
    assert "recette" in client.get(path).content.decode()
    assert client.get(reverse("plan:feed", args=[token])).status_code == 404

    CalendarFeed.objects.filter(pk=feed.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    gone = client.get(path)
    assert gone.status_code == 404 and "convenu" not in gone.content.decode()
