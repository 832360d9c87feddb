"""The company's logo and colour on page, PDF and Word file."""

import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tesselle.journal.models import Entry
from tesselle.library.services import add_upload
from tesselle.library.services.branding import take_as_logo
from tesselle.library.tests.pictures import picture, upload
from tesselle.report.letterhead import readable
from tesselle.report.links import make_link
from tesselle.report.models import Letterhead
from tesselle.report.month import Month
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def dressed(workspace: Workspace, alice: User, settings: Settings, tmp_path: Path) -> Workspace:
    settings.MEDIA_ROOT = tmp_path
    take_as_logo(add_upload(workspace=workspace, file=upload(picture(90, 60)), by=alice), by=alice)
    Letterhead.objects.create(workspace=workspace, colour="#8a1f3d")
    return workspace


def test_page_and_files_wear_logo_and_colour(as_alice: Client, dressed: Workspace):
    page = as_alice.get(reverse("report:report")).content.decode()
    word = WordFile(io.BytesIO(as_alice.get(reverse("report:file", args=["docx"])).content))
    pdf = as_alice.get(reverse("report:file", args=["pdf"])).content

    assert 'fill="#8a1f3d"' in page and 'class="letterhead-logo"' in page
    assert len(word.inline_shapes) == 1
    assert str(word.styles["Heading 1"].font.color.rgb) == "8A1F3D"
    assert b"/Subtype/Image" in pdf.replace(b" ", b"")


def test_whoever_holds_a_link_sees_the_logo(client: Client, dressed: Workspace, alice: User):
    token = make_link(dressed, Month.of(dressed.today(), dressed.tz), name="x", days=7, by=alice)[1]
    page = client.get(f"/report/{token}")

    source = page.context["letterhead"].logo_url
    assert source in page.content.decode()
    shown = client.get(source)
    assert shown.status_code == 200
    for closer in shown._resource_closers:
        closer()


def test_a_logo_whose_file_is_gone_stops_no_report(as_alice: Client, dressed: Workspace, tmp_path: Path):
    for kept in tmp_path.rglob("*.jpg"):
        kept.unlink()

    assert as_alice.get(reverse("report:file", args=["pdf"])).content.startswith(b"%PDF-")


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_can_be_read_on_white(number: int):
    made = readable(f"#{number:06x}")

    levels = [int(made[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in levels]
    light = sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    assert 1.05 / (light + 0.05) >= 4.5


def test_a_manager_chooses_the_colour_and_nobody_else(client: Client, alice: User, bob: User, mallory: User):
    workspace = alice.memberships.get().workspace
    for person, colour, status in ((bob, "#112233", 403), (alice, "red;}", 422), (alice, "#AABBCC", 302)):
        client.force_login(person)
        assert client.post(reverse("report:colour"), {"colour": colour}).status_code == status
    client.force_login(mallory)
    client.post(reverse("report:colour"), {"colour": "#ff0000"})

    assert Letterhead.objects.get(workspace=workspace).colour == "#aabbcc"
    assert Entry.objects.get(verb="report.colour", workspace_id=workspace.pk).actor_id == alice.pk
