"""Visits to the website from files: read by row, attributed by our marks, never doubled, undone whole."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.links import addresses
from tesselle.links.attributing import NOWHERE, Marks, Origin, register_of
from tesselle.links.models import Link
from tesselle.measure.brought import keeping
from tesselle.measure.brought.visit_rows import VisitRow
from tesselle.measure.models import BusinessResult, ExportMapping, FigureImport, SiteVisits
from tesselle.measure.site.pages import _each, elsewhere_parts
from tesselle.measure.site.selectors import requests_of, told_by_files
from tesselle.measure.tests.factories import make_channel, make_out
from tesselle.sandbox.company.visits import bring_visits
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import User, Workspace

HEAD = "Date;utm_source;utm_medium;utm_campaign;utm_content;utm_term;Visits\n"


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


@pytest.fixture
def ours(channel: Channel) -> Delivery:
    return make_out(channel, channel.workspace.now() - timedelta(days=7), "Un sol en zellige bleu")


@pytest.fixture
def place(ours: Delivery) -> str:
    """What a visit through the post's short link is marked with."""
    Link.objects.create(workspace=ours.workspace, code="bcdfghj", target="https://c.example", post=ours.post)
    return addresses.place_of("bcdfghj", ours.channel_id)


A_SECRET_FIGURE = re.compile(r"987\s?654")
"""However its thousands are told apart."""


def day(workspace: Workspace, days_ago: int) -> str:
    return f"{workspace.today() - timedelta(days=days_ago):%d.%m.%Y}"


def bring(client: Client, table: str, name: str = "visites.csv") -> FigureImport:
    client.post(reverse("measure:import"), {"channel": "", "table": SimpleUploadedFile(name, table.encode())})
    return FigureImport.objects.latest("pk")


def answers(source: FigureImport, **more: Any) -> dict[str, Any]:
    columns = {f"column_{name}": place for name, place in source.columns.items()}
    return {**columns, "order": source.order, **more}


def keep(client: Client, source: FigureImport, **more: Any) -> Any:
    return client.post(reverse("measure:keep_import", args=[source.pk]), answers(source, **more))


def row(client: Client, source: FigureImport, number: int) -> str:
    page = client.post(reverse("measure:look", args=[source.pk]), answers(source)).content.decode()
    return page.split(f'data-row="{number}"')[1].split("</tr>")[0]


def told(workspace: Workspace) -> dict[int | None, int]:
    found = told_by_files(workspace, workspace.today() - timedelta(days=40), workspace.today())
    return dict(found.by_channel) if found is not None else {}


def test_visits_belong_to_the_channel_and_post_whose_link_was_followed(
    as_alice: Client, workspace: Workspace, channel: Channel, ours: Delivery, place: str
):
    make_channel(workspace, "autre")  # a second of that network: only the link's place tells them apart
    table = (
        f"{day(workspace, 2)};mastodon;social;salon;;{place};12\n"
        f"{day(workspace, 2)};google;organic;;;;30\n"
        f"{day(workspace, 1)};mastodon;social;;;;5\n"
    )

    answer = keep(as_alice, bring(as_alice, HEAD + table))

    assert told(workspace) == {channel.pk: 12, None: 35}
    assert SiteVisits.objects.get(post__isnull=False).post == ours.post
    assert Entry.objects.get(verb="figures.visits_imported").params["visits"] == 47
    page = as_alice.get(answer.headers["Location"]).content.decode()
    assert "Vos fichiers" in page
    assert "Non attribuées" in page
    shown = as_alice.get(reverse("publish:delivery", args=[ours.pk])).content.decode()
    assert "12 visites" in shown


def test_an_address_with_marks_will_do_and_parts_of_a_day_are_one_number(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    campaign = Campaign.objects.create(
        workspace=workspace, name="Salon d’été", first_day="2026-01-01", last_day="2026-12-31"
    )
    page = "https://c.example/{}?utm_source=Mastodon&utm_medium=social&utm_campaign=salon-dete"
    table = "Landing page;Sessions;Date\n" + "".join(
        f"{page.format(path)};1 004;{day(workspace, 3)}\n" for path in ("sols", "murs")
    )

    keep(as_alice, bring(as_alice, table))

    kept = SiteVisits.objects.get()
    assert (kept.visits, kept.channel, kept.campaign, kept.post) == (2008, channel, campaign, None)


def test_two_cells_in_one_and_the_words_for_nothing_are_understood(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    lines = (
        "# ----------------------------------------\n"
        "# Start date: 20261101\n"
        "Date,Session source / medium,Session campaign,Sessions\n"
        f"{workspace.today():%Y%m%d},mastodon / social,(not set),7\n"
        f"{workspace.today():%Y%m%d},(direct) / (none),(not set),9\n"
    )

    source = bring(as_alice, lines)
    keep(as_alice, source)

    assert told(workspace) == {channel.pk: 7, None: 9}
    assert [one.marks for one in SiteVisits.objects.order_by("visits")] == [
        {"source": "mastodon", "medium": "social"},
        {},
    ]


def test_each_problem_stands_in_its_row_and_stops_the_import(as_alice: Client, workspace: Workspace):
    tomorrow = f"{workspace.today() + timedelta(days=1):%Y-%m-%d}"
    table = (
        f"{day(workspace, 1)};a;;;;;3\n"
        "bientôt;a;;;;;3\n"
        f"{day(workspace, 1)};a;;;;;beaucoup\n"
        f"{tomorrow};a;;;;;3\n"
        f"{day(workspace, 1)};a;;;;;\n"
        f"{day(workspace, 1)};a;;;;;3\n"
        "Total;;;;;;9\n"
    )
    source = bring(as_alice, HEAD + table)

    assert keep(as_alice, source).status_code == 422

    assert not SiteVisits.objects.exists()
    for number, words in (
        (3, "bientôt"),
        (4, "beaucoup"),
        (5, "pas encore venu"),
        (6, "pas zéro"),
        (7, "ligne 2"),
    ):
        assert words in row(as_alice, source, number)
    keep(as_alice, source, leave_out="1")
    assert told(workspace) == {None: 3}
    source.refresh_from_db()
    assert (source.told, source.table) == ({"visits": 3, "days": 1, "left_out": 5}, [])


def test_the_mapping_is_remembered_and_a_file_without_days_cannot_be_kept(
    as_alice: Client, workspace: Workspace
):
    first = bring(as_alice, f"Combien;Quand\n4;{day(workspace, 1)}\n")
    refused = keep(as_alice, first)
    keep(as_alice, first, column_day="1", column_visits="0")

    second = bring(as_alice, f"Quand;Combien\n{day(workspace, 2)};5\n")

    assert refused.status_code == 422
    assert ExportMapping.objects.get().network == "website"
    assert second.columns == {"day": 0, "visits": 1}


def test_a_day_brought_again_is_replaced_and_undone_the_first_counts_again(
    as_alice: Client, workspace: Workspace
):
    keep(as_alice, bring(as_alice, HEAD + f"{day(workspace, 2)};a;;;;;10\n{day(workspace, 1)};a;;;;;1\n"))
    again = bring(as_alice, HEAD + f"{day(workspace, 2)};b;;;;;12\n")
    keep(as_alice, again)
    assert told(workspace) == {None: 13}

    as_alice.post(reverse("measure:undo_import", args=[again.pk]))

    assert told(workspace) == {None: 11}


def test_visits_per_request_counts_the_days_that_the_file_tells_of(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    keep(as_alice, bring(as_alice, HEAD + f"{day(workspace, 2)};mastodon;social;;;;60\n"))
    for days_ago, count in ((2, 3), (20, 5)):
        BusinessResult.objects.create(
            workspace=workspace,
            day=workspace.today() - timedelta(days=days_ago),
            kind="quote",
            channel=channel,
            count=count,
        )

    page = as_alice.get(reverse("measure:results")).content.decode()

    assert "60 ÷ 3 = 20" in page
    today = workspace.today()
    assert requests_of(workspace, today - timedelta(days=30), today).by_channel == {channel.pk: 8}


def test_channels_without_a_request_are_folded_behind_those_with_one(
    as_alice: Client, workspace: Workspace, channel: Channel
):
    others = ["bluesky", "linkedin", "facebook", "instagram"]
    for network in others:
        make_channel(workspace, network=network)
    rows = [f"{day(workspace, 2)};{name};social;;;;{60 + place}" for place, name in enumerate(others)]
    mine = f"{day(workspace, 2)};mastodon;social;;;;1"
    keep(as_alice, bring(as_alice, HEAD + "\n".join([*rows, mine, f"{day(workspace, 2)};;;;;;9\n"])))
    BusinessResult.objects.create(
        workspace=workspace, day=workspace.today() - timedelta(days=2), kind="quote", channel=channel, count=3
    )

    page = as_alice.get(reverse("measure:results"))

    [part] = page.context["page"].visits
    assert [(one.visits, one.requests) for one in part.channels] == [("1", "3"), ("9", "")]
    assert [one.visits for one in part.quiet_channels] == ["63", "62", "61", "60"]
    assert 'data-quiet="channels"' in page.content.decode()
    [elsewhere] = elsewhere_parts(workspace, 30)
    assert len(elsewhere.channels) == 6 and not elsewhere.quiet_channels


@pytest.mark.parametrize(
    ("visits", "requests", "each"),
    [(1, 3, "0,3"), (28, 3, "9,3"), (100, 3, "33"), (29_999, 3000, "10"), (1, 100, "< 0,1"), (0, 3, "")],
)
def test_visits_per_request_keep_a_decimal_below_ten_and_are_never_written_as_zero(
    visits: int, requests: int, each: str
):
    with translation.override("fr"):
        assert _each(visits, requests) == each


@pytest.mark.parametrize("behind", ["", "Total;;;;;;9\n"])
def test_a_file_whose_heading_is_its_last_line_has_no_rows_and_no_problems(as_alice: Client, behind: str):
    file = SimpleUploadedFile("visites.csv", f"# Statistique\n# Novembre\n{HEAD}{behind}".encode())

    shown = as_alice.post(reverse("measure:import"), {"channel": "", "table": file}, follow=True)
    if FigureImport.objects.exists():
        assert "aucune ligne à lire" in shown.content.decode()
        shown = keep(as_alice, FigureImport.objects.get())

    assert shown.status_code == 422
    page = shown.content.decode()
    assert "ont des problèmes" not in page and "posent problème" not in page


def test_nothing_told_is_not_zero(as_alice: Client, workspace: Workspace):
    assert told_by_files(workspace, date(2026, 1, 1), workspace.today()) is None
    assert "Ce n’est pas zéro" in as_alice.get(reverse("links:links")).content.decode()


def test_marks_of_others_are_attributed_to_nobody(workspace: Workspace, channel: Channel, place: str):
    theirs = make_channel(Workspace.objects.create(name="Ailleurs"), network="bluesky")
    marks = [
        Marks(source="mastodon", medium="cpc"),
        Marks(source="bluesky", medium="social"),
        Marks(term="qrstvwx"),
        Marks(term=addresses.place_of("bcdfghj", theirs.pk)),
        Marks(source="MASTODON", medium="Social"),
    ]

    register = register_of(workspace, marks)

    post = Post.objects.get()
    assert [register.origin_of(one) for one in marks] == [
        NOWHERE,
        NOWHERE,
        NOWHERE,
        Origin(None, post.pk, None),
        Origin(channel.pk, None, None),
    ]


def test_a_stranger_finds_nothing_and_a_viewer_brings_nothing(
    client: Client, mallory: User, chloe: User, alice: User, workspace: Workspace
):
    client.force_login(alice)
    source = bring(client, HEAD + f"{day(workspace, 1)};a;;;;;987654\n", "secret.csv")
    keep(client, source)
    source = bring(client, HEAD + f"{day(workspace, 1)};a;;;;;3\n", "secret.csv")
    places = [reverse(f"measure:{name}", args=[source.pk]) for name in ("look", "keep_import", "undo_import")]

    client.force_login(mallory)
    assert [client.post(one, answers(source)).status_code for one in places] == [404] * 3
    for page in ("measure:import", "links:links", "measure:results"):
        shown = client.get(reverse(page)).content.decode()
        assert "secret.csv" not in shown
        assert not A_SECRET_FIGURE.search(shown)
    client.force_login(chloe)
    assert [client.post(one, answers(source)).status_code for one in places] == [403] * 3
    assert A_SECRET_FIGURE.search(client.get(reverse("links:links")).content.decode())


def test_the_demo_company_brings_three_weeks(workspace: Workspace, channel: Channel, alice: User):
    bring_visits(workspace, [channel], alice)

    found = told_by_files(workspace, workspace.today() - timedelta(days=40), workspace.today())
    assert found is not None
    assert (found.days, found.attributed > 0, found.by_channel[None] > 0) == (21, True, True)


FILES = st.lists(
    st.dictionaries(st.integers(1, 4), st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=4
)


class WhateverFilesComeAndGo(TestCase):
    """Of each day the file counts that was kept last and not undone; nothing twice, nothing lost."""

    @given(FILES, st.sets(st.integers(0, 3)))
    def test_each_day_counts_once(self, files: list[dict[int, int]], undone: set[int]):
        workspace = Workspace.objects.create(name="Atelier")
        alice = User.objects.create(email=f"alice-{workspace.pk}@atelier.example", name="Alice")
        kept = []
        for days in files:
            source = FigureImport.objects.create(workspace=workspace, as_of="2026-11-01", zone="UTC")
            rows = [VisitRow(2, date(2026, 10, n), Marks(), "", count) for n, count in days.items()]
            keeping.keep_visits(source, rows, left_out=0, by=alice)
            kept.append(source)
        for number in undone & set(range(len(files))):
            keeping.undo(kept[number], by=alice)

        expected: dict[date, int] = {}
        for number, days in enumerate(files):
            if number not in undone:
                expected |= {date(2026, 10, n): count for n, count in days.items()}
        counting = SiteVisits.objects.filter(workspace=workspace, counts=True)
        assert dict(counting.values_list("day", "visits")) == expected
