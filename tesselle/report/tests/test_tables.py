"""The month's figures for a spreadsheet: plain numbers, nothing where nothing is told, no formula."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tesselle.compose.models import Post
from tesselle.measure.models import Mark
from tesselle.measure.tests.factories import make_channel, make_mark, make_out
from tesselle.report.month import Month
from tesselle.workspaces.models import User, Workspace

FORMULAS = ("=1+1", "+41 21", "-2 %", "@lea", "\tx", "\rx")


@pytest.fixture
def mark(workspace: Workspace) -> Mark:
    return make_mark(make_channel(workspace), 20, reactions=9, comments=0, shares=3, reach=400)


def month_of(workspace: Workspace, at: datetime) -> dict[str, str]:
    return {"month": Month.of(at.astimezone(workspace.tz).date(), workspace.tz).key}


def lines(client: Client, name: str, month: dict[str, str]) -> list[dict[str, str]]:
    answer = client.get(reverse(f"report:{name}"), month)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_a_post_has_its_figures_and_nothing_where_nothing_is_told(
    as_alice: Client, workspace: Workspace, mark: Mark
):
    (line,) = lines(as_alice, "posts_csv", month_of(workspace, mark.published_at))

    assert (line["Réactions"], line["Commentaires"], line["Partages"]) == ("9", "0", "3")
    assert line["Enregistrements"] == line["Impressions"] == line["Clics"] == ""
    assert line["Taux d’engagement par personnes abonnées (%)"] == "3.0"


def test_a_post_without_figures_yet_stands_there_empty(as_alice: Client, workspace: Workspace):
    make_out(make_channel(workspace), at := datetime(2026, 3, 4, 12, tzinfo=UTC))

    (line,) = lines(as_alice, "posts_csv", month_of(workspace, at))

    assert line["Sortie"] == "2026-03-04 13:00"
    assert line["Interactions"] == line["Réactions"] == line["Lu le"] == ""


def test_a_channel_without_figures_has_no_zeros_made_up(as_alice: Client, workspace: Workspace):
    make_channel(workspace)

    (line,) = lines(as_alice, "channels_csv", {"month": "2026-03"})

    assert line["Publications mesurées"] == line["Sorties"] == "0"
    assert line["Interactions"] == line["Impressions"] == line["Portée, médiane"] == ""


def test_the_workbook_holds_numbers_and_days_not_texts(as_alice: Client, workspace: Workspace, mark: Mark):
    answer = as_alice.get(reverse("report:workbook"), month_of(workspace, mark.published_at))
    channels, posts = load_workbook(io.BytesIO(answer.content)).worksheets

    by_channel = dict(zip(*channels.iter_rows(values_only=True), strict=True))
    by_post = dict(zip(*posts.iter_rows(values_only=True), strict=True))
    assert (by_channel["Interactions"], by_channel["Portée, médiane"]) == (12, 400)
    assert by_channel["Impressions"] is None
    assert (by_post["Interactions"], by_post["Enregistrements"]) == (12, None)
    assert isinstance(by_post["Sortie"], datetime)


@pytest.mark.parametrize("words", FORMULAS)
def test_what_people_wrote_is_never_a_formula(as_alice: Client, workspace: Workspace, mark: Mark, words: str):
    Post.objects.update(name=words)
    month = month_of(workspace, mark.published_at)
    book = load_workbook(io.BytesIO(as_alice.get(reverse("report:workbook"), month).content))

    (cell,) = book.worksheets[1]["D"][1:]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    assert lines(as_alice, "posts_csv", month)[0]["Publication"].startswith("'")


@pytest.mark.parametrize("name", ["workbook", "posts_csv", "channels_csv"])
def test_a_stranger_takes_their_own_figures_only(client: Client, mallory: User, mark: Mark, name: str):
    client.force_login(mallory)

    data = client.get(reverse(f"report:{name}"), month_of(mark.channel.workspace, mark.published_at)).content

    if name == "workbook":
        sheets = load_workbook(io.BytesIO(data)).worksheets
        assert [sheet.max_row for sheet in sheets] == [1, 1]
    else:
        assert data.decode().count("\n") == 1
