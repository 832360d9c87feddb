"""A path laid out in French, edited by the same person who now reads English."""

import pytest
from django.test import Client
from django.utils import translation

from tesselle.academy.choosing.board import board_of
from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.choosing.tables import as_xlsx, bring_in
from tesselle.academy.models import Path
from tesselle.academy.tests.filled import filled
from tesselle.workspaces.models import User

START, CRITERIA = "/path/start/", "/path/choosing/criteria/"
EASY_EN, EASY_FR = "Easy to use and to learn", "Facile à utiliser et à apprendre"


@pytest.fixture
def laid_out(path: Path) -> Path:
    with translation.override("fr"):
        keep_needs(path, needs=["budget"], said="", set_weights=True)
    return path


@pytest.fixture
def reads_english(laid_out: Path, as_alice: Client) -> Client:
    User.objects.filter(pk=laid_out.person_id).update(language="en")
    return as_alice


def test_forms_show_what_was_laid_out_in_the_readers_language(laid_out: Path, reads_english: Client):
    mine = laid_out.questions.last()
    mine.worded = "Qu’est-ce qui m’a coûté le plus ?"
    mine.save()
    tool = laid_out.tools.filter(cells__fact__gt="").first()
    fact_fr = tool.cells.exclude(fact="").first().fact

    start, criteria = said(reads_english, START), said(reads_english, CRITERIA)

    assert "Exploring the tools" in start and "Explorer les outils" not in start
    assert "Which criteria decide on" in start and "Quels critères décident" not in start
    assert mine.worded in start
    assert EASY_EN in criteria and EASY_FR not in criteria
    assert fact_fr not in said(reads_english, f"/path/choosing/tools/{tool.pk}/")
    assert "Exploring the tools" in said(reads_english, "/path/time/")
    assert "Exploring the tools" in said(reads_english, "/path/testing/")


def test_saving_a_form_in_another_language_changes_nothing_that_was_not_touched(
    laid_out: Path, reads_english: Client
):
    before = {one.pk: (one.name, one.definition) for one in laid_out.criteria.all()}
    first = laid_out.criteria.order_by("pk").first()

    reads_english.post(CRITERIA, filled(reads_english, CRITERIA, None, **{"criteria-0-weight": "3"}))

    after = {one.pk: (one.name, one.definition) for one in laid_out.criteria.exclude(pk=first.pk)}
    assert after == {pk: words for pk, words in before.items() if pk != first.pk}
    first.refresh_from_db()
    assert first.weight == 3


def test_a_matrix_exported_in_one_language_is_brought_in_again_in_the_other(laid_out: Path):
    with translation.override("en"):
        table = as_xlsx(board_of(laid_out))
    with translation.override("fr"):
        brought = bring_in(laid_out, table)

    assert brought.unknown == () and brought.cells > 0


def test_where_a_fact_comes_from_is_read_in_the_readers_language(laid_out: Path, reads_english: Client):
    tool = laid_out.tools.get(name="Tesselle")
    assert tool.cells.filter(source="cette installation").exists()

    page = said(reads_english, f"/path/choosing/tools/{tool.pk}/")

    assert "this installation" in page and "cette installation" not in page


def said(client: Client, page: str) -> str:
    return client.get(page).content.decode()
