"""A network's export: looked at row by row, imported, undone; figures typed in."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tesselle.channels.models import Channel
from tesselle.domain.cells import Order
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.measure.brought.rows import Reading, Row, rows_of
from tesselle.measure.models import BroughtRow, ExportMapping, FigureImport, Mark, PastPost, Series, Snapshot
from tesselle.measure.tests.factories import make_channel, make_out
from tesselle.web.sentences import say
from tesselle.workspaces.models import User, Workspace

HEAD = "Post ID;Publish time;Description;Permalink;Views;Likes;Comments;Shares\n"


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


@pytest.fixture
def ours(channel: Channel) -> Delivery:
    made = make_out(channel, channel.workspace.now() - timedelta(days=7, hours=3), "Un sol en zellige bleu")
    Delivery.objects.filter(pk=made.pk).update(remote={"id": "111", "url": "https://social.example/@c/111"})
    made.refresh_from_db()
    return made


def told_mark(ours: Delivery) -> Mark:
    """The network itself told the reactions only."""
    assert ours.live_at is not None
    series = Series.objects.create(channel=ours.channel, delivery=ours, published_at=ours.live_at)
    return Mark.objects.create(
        series=series,
        channel=ours.channel,
        published_at=ours.live_at,
        age_days=7,
        read_at=ours.live_at,
        reactions=30,
    )


def day(channel: Channel, days_ago: int) -> str:
    return f"{channel.workspace.now() - timedelta(days=days_ago):%d.%m.%Y %H:%M}"


def bring(client: Client, channel: Channel, table: str, name: str = "export.csv") -> FigureImport:
    file = SimpleUploadedFile(name, table.encode())
    client.post(reverse("measure:import"), {"channel": channel.pk, "table": file})
    return FigureImport.objects.latest("pk")


def answers(source: FigureImport, **more: Any) -> dict[str, Any]:
    """The form as it stands."""
    columns = {f"column_{name}": place for name, place in source.columns.items()}
    return {**columns, "order": source.order, "zone": source.zone, "as_of": source.as_of.isoformat(), **more}


def keep(client: Client, source: FigureImport, **more: Any) -> Any:
    return client.post(reverse("measure:keep_import", args=[source.pk]), answers(source, **more))


def row(client: Client, source: FigureImport, number: int, **more: Any) -> str:
    page = client.post(reverse("measure:look", args=[source.pk]), answers(source, **more)).content.decode()
    return page.split(f'data-row="{number}"')[1].split("</tr>")[0]


def test_a_post_of_ours_is_found_and_gets_a_reading_and_a_mark(
    as_alice: Client, channel: Channel, ours: Delivery
):
    source = bring(as_alice, channel, HEAD + f"111;{day(channel, 7)};;;1 200;30;4;2\n")

    keep(as_alice, source)

    mark = Mark.objects.get(series__delivery=ours)
    assert (mark.age_days, mark.impressions, mark.reach, mark.interactions) == (7, 1200, None, 36)
    assert Snapshot.objects.get(series__delivery=ours).values == {
        "impressions": 1200, "reactions": 30, "comments": 4, "shares": 2,
    }  # fmt: skip
    assert not PastPost.objects.exists()
    assert Entry.objects.get(verb="figures.imported").params["known"] == 1


@pytest.mark.parametrize(
    "cells",
    ["x;{far};;https://social.example/@c/111/?utm=1", ";{near};Un sol en zellige bleu, posé à la main;", ";{near};;"],
)  # fmt: skip
def test_a_post_is_found_by_address_or_time_and_words(
    as_alice: Client, channel: Channel, ours: Delivery, cells: str
):
    near = f"{ours.live_at:%Y-%m-%d %H:%M:%S}Z"
    source = bring(as_alice, channel, HEAD + cells.format(near=near, far=day(channel, 40)) + ";5;1;1;1\n")

    keep(as_alice, source)

    assert Series.objects.get(delivery=ours).latest["impressions"] == 5


def test_other_words_on_the_same_day_are_another_post(as_alice: Client, channel: Channel, ours: Delivery):
    source = bring(as_alice, channel, HEAD + f";{day(channel, 7)};Une fontaine au jardin;;5;1;1;1\n")

    keep(as_alice, source)

    assert PastPost.objects.get().figures == {"impressions": 5, "reactions": 1, "comments": 1, "shares": 1}
    assert not Snapshot.objects.exists()


def test_an_old_export_stands_for_the_last_age_and_the_page_says_so(as_alice: Client, channel: Channel):
    made = make_out(channel, channel.workspace.now() - timedelta(days=50), "Vieux sol")
    Delivery.objects.filter(pk=made.pk).update(remote={"id": "222", "url": ""})

    keep(as_alice, bring(as_alice, channel, HEAD + f"222;{day(channel, 50)};;;12;1;1;1\n"))

    assert Mark.objects.get().age_days == 28
    page = as_alice.get(reverse("measure:overview"), {"days": 90, "age": 28}).content.decode()
    assert "viennent d’un export" in page
    assert "viennent d’un export" not in as_alice.get(reverse("measure:overview")).content.decode()


def test_what_is_missing_stays_missing(as_alice: Client, channel: Channel, ours: Delivery):
    source = bring(as_alice, channel, HEAD + f"111;{day(channel, 7)};;;1200;30;–;2\n")

    keep(as_alice, source)

    mark = Mark.objects.get(series__delivery=ours)
    assert (mark.comments, mark.interactions) == (None, None)


def test_each_problem_stands_in_its_row_and_stops_the_import(
    as_alice: Client, channel: Channel, ours: Delivery
):
    table = (
        f"111;{day(channel, 7)};;;12;1;1;1\n"
        "222;bientôt;Texte;;12;1;1;1\n"
        f"333;{day(channel, 3)};Texte;;douze;1;1;1\n"
        f"444;{day(channel, 3)};Texte;;;;;\n"
        "555;;Texte;;12;1;1;1\n"
        f"111;{day(channel, 7)};;;13;1;1;1\n"
    )
    source = bring(as_alice, channel, HEAD + table)

    refused = keep(as_alice, source)

    assert refused.status_code == 422
    assert not Snapshot.objects.exists()
    for number, words in (
        (3, "bientôt"),
        (4, "douze"),
        (5, "aucun chiffre"),
        (6, "sans jour"),
        (7, "ligne 2"),
    ):
        assert words in row(as_alice, source, number)
    keep(as_alice, source, leave_out="1")
    source.refresh_from_db()
    assert source.told == {"known": 1, "elsewhere": 0, "left_out": 5}
    assert source.table == []


def test_the_mapping_is_remembered_for_the_next_file(as_alice: Client, channel: Channel, ours: Delivery):
    head = "Nr;Quand;Combien\n"
    first = bring(as_alice, channel, head + f"111;{day(channel, 7)};40\n")
    assert first.columns == {}

    keep(as_alice, first, column_id="0", column_day="1", column_saves="2")
    second = bring(as_alice, channel, "Combien;Nr;Quand\n" + f"41;111;{day(channel, 7)}\n")

    assert second.columns == {"saves": 0, "id": 1, "day": 2}
    assert ExportMapping.objects.get().columns["saves"] == "combien"


def test_what_the_network_told_is_not_overwritten(as_alice: Client, channel: Channel, ours: Delivery):
    told = told_mark(ours)

    keep(as_alice, bring(as_alice, channel, HEAD + f"111;{day(channel, 7)};;;1200;99;4;2\n"))

    told.refresh_from_db()
    assert (told.reactions, told.impressions, told.interactions) == (30, 1200, 36)


def test_undone_it_is_as_if_the_file_had_never_come(as_alice: Client, channel: Channel, ours: Delivery):
    told_mark(ours)
    PastPost.objects.create(
        channel=channel,
        remote_id="9",
        posted_at=channel.workspace.now() - timedelta(days=9),
        figures={"shares": 1},
    )
    before = _all_figures()
    table = f"111;{day(channel, 7)};;;1200;99;4;2\n9;;;;70;1;1;5\n10;{day(channel, 4)};Neuf;;7;1;1;1\n"
    source = bring(as_alice, channel, HEAD + table)
    keep(as_alice, source)
    assert _all_figures() != before

    as_alice.post(reverse("measure:undo_import", args=[source.pk]))

    assert _all_figures() == before
    assert not BroughtRow.objects.exists()
    assert FigureImport.objects.get().state == "undone"
    as_alice.post(reverse("measure:undo_import", args=[source.pk]))  # a second time does nothing
    assert _all_figures() == before


def _all_figures() -> list[Any]:
    return [
        list(
            Mark.objects.order_by("pk").values(
                "series_id", "age_days", "impressions", "reactions", "interactions"
            )
        ),
        list(Snapshot.objects.values("values")),
        list(PastPost.objects.order_by("pk").values("remote_id", "figures")),
        list(Series.objects.order_by("pk").values("latest", "latest_at")),
    ]


def test_a_workbook_with_lines_above_is_read_too(as_alice: Client, channel: Channel, ours: Delivery):
    import io

    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Metrics of the page"])
    sheet = book.create_sheet("All posts")
    for line in (["All posts of the last 30 days"], ["Post link", "Created date", "Impressions", "Clicks"]):
        sheet.append(line)
    sheet.append(["https://social.example/@c/111", f"{ours.live_at:%Y-%m-%d}", 55, 3])
    stream = io.BytesIO()
    book.save(stream)

    file = SimpleUploadedFile("export.xlsx", stream.getvalue())
    as_alice.post(reverse("measure:import"), {"channel": channel.pk, "table": file})
    keep(as_alice, FigureImport.objects.get())

    assert Series.objects.get(delivery=ours).latest == {"impressions": 55, "clicks": 3}


def test_a_file_that_is_no_table_is_refused_in_words(as_alice: Client, channel: Channel):
    file = SimpleUploadedFile("photo.xlsx", b"\x00\x01nothing")

    answer = as_alice.post(reverse("measure:import"), {"channel": channel.pk, "table": file})

    assert answer.status_code == 422
    assert "ne se lit pas comme un tableau" in answer.content.decode()


def test_figures_are_typed_in_on_the_posts_page(as_alice: Client, channel: Channel, ours: Delivery):
    page = reverse("measure:type_in", args=[ours.pk])
    today = channel.workspace.today().isoformat()

    nothing = as_alice.post(page, {"as_of": today})
    as_alice.post(page, {"as_of": today, "reactions": 12, "reach": 300})

    assert nothing.status_code == 422
    shown = as_alice.get(reverse("publish:delivery", args=[ours.pk])).content.decode()
    assert "Saisi par Alice" in shown
    assert Mark.objects.get().reach == 300
    assert FigureImport.objects.get().way == "hand"


def test_typed_too_early_is_said_at_its_field(as_alice: Client, channel: Channel, ours: Delivery):
    early = (channel.workspace.today() - timedelta(days=30)).isoformat()

    answer = as_alice.post(reverse("measure:type_in", args=[ours.pk]), {"as_of": early, "reach": 1})

    assert "pas encore sortie" in answer.content.decode()


def test_a_stranger_finds_nothing_and_a_viewer_brings_nothing(
    client: Client, mallory: User, chloe: User, alice: User, channel: Channel, ours: Delivery
):
    client.force_login(alice)
    source = bring(client, channel, HEAD + f"111;{day(channel, 7)};;;12;1;1;1\n", "secret.csv")
    places = [
        reverse(f"measure:{name}", args=[source.pk]) for name in ("look", "keep_import", "undo_import")
    ] + [reverse("measure:type_in", args=[ours.pk])]

    client.force_login(mallory)
    assert [client.post(place, answers(source)).status_code for place in places] == [404] * 4
    assert "secret.csv" not in client.get(reverse("measure:import")).content.decode()
    client.force_login(chloe)
    assert [client.post(place, answers(source)).status_code for place in places] == [403] * 4
    assert client.get(reverse("measure:import")).status_code == 200


def test_figures_of_before_a_metric_was_renamed_belong_to_another_series(workspace: Workspace):
    channel = make_channel(workspace, network="instagram")
    table = [["1", "01.03.2025 08:00", "120", "9"]]
    columns = {"id": 0, "day": 1, "impressions": 2, "reactions": 3}

    def read(as_of: date, **without: int) -> Row:
        known = {name: place for name, place in columns.items() if name not in without}
        now = workspace.now()
        return rows_of(table, 2, Reading(channel, known, Order.DAY, workspace.tz, as_of, now))[0]

    with translation.override("fr"):
        (problem,) = read(date(2025, 4, 20)).problems
        assert "Impressions" in say(problem) and "21 avril 2025" in say(problem)
    assert read(date(2025, 4, 21)).figures == {"impressions": 120, "reactions": 9}
    assert read(date(2025, 4, 20), impressions=1).figures == {"reactions": 9}
    assert read(date(2025, 4, 20), impressions=1).is_good
