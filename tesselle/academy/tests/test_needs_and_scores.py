"""From needs to a matrix: what is laid out, weighed and scored."""

import pytest
from django.test import Client
from django.urls import reverse

from tesselle.academy import catalogue
from tesselle.academy.models import (
    Cell,
    Path,
    Questionnaire,
)
from tesselle.academy.tests.filled import filled
from tesselle.academy.tests.scoring import plain, score
from tesselle.journal.models import Entry


def test_needs_lay_the_matrix_out(as_alice: Client, path: Path):
    assert as_alice.post("/path/choosing/", {"needs": ["approval", "data"]}).status_code == 302

    assert path.criteria.count() == len(catalogue.criteria())
    assert sum(criterion.weight for criterion in path.criteria.all()) == 100
    assert {gate.key for gate in path.gates.all()} == {"agreement", "export"}
    assert [tool.name for tool in path.tools.all()] == [known.name for known in catalogue.tools()]


def test_a_fact_carries_its_source_and_day_and_the_unknown_stays_blank(laid_out: Path):
    cells = Cell.objects.filter(tool__path=laid_out)

    assert cells.count() == sum(len(known.facts) for known in catalogue.tools())
    assert not cells.filter(source="").exists()
    assert not cells.filter(read_on=None).exists()
    assert not cells.exclude(score=None).exists()


def test_our_own_row_is_judged_like_the_others(laid_out: Path):
    [ours] = laid_out.tools.filter(key="tesselle")

    assert not ours.considered
    assert not ours.cells.exclude(score=None).exists()


def test_every_fact_belongs_to_a_criterion_and_every_need_to_what_it_names():
    keys = {known.key for known in catalogue.criteria()}

    assert {key for tool in catalogue.tools() for key in tool.facts} <= keys
    assert {key for need in catalogue.needs() for key in need.factors} <= keys
    assert {g for need in catalogue.needs() for g in need.gates} <= {known.key for known in catalogue.gates()}
    assert sum(known.weight for known in catalogue.criteria()) == 100


def test_later_needs_leave_my_weights_alone_unless_i_say_so(as_alice: Client, laid_out: Path):
    laid_out.criteria.filter(key="ease").update(weight=50)

    as_alice.post("/path/choosing/", {"needs": ["approval"]})
    kept = laid_out.criteria.get(key="ease").weight
    as_alice.post("/path/choosing/", {"needs": ["approval"], "set_weights": "on"})

    assert kept == 50
    assert laid_out.criteria.get(key="ease").weight < 20


def test_criteria_of_ones_own_are_added_and_others_taken_away(as_alice: Client, laid_out: Path):
    page, count = "/path/choosing/criteria/", laid_out.criteria.count()
    sent = _form(as_alice, page)
    sent |= {
        "criteria-0-DELETE": "on",
        f"criteria-{count}-name": "Couleur",
        f"criteria-{count}-weight": "3.5",
    }

    assert as_alice.post(page, sent).status_code == 302
    assert laid_out.criteria.count() == count
    assert laid_out.criteria.get(name="Couleur").weight == pytest.approx(3.5)


def test_a_weight_beyond_its_range_is_refused(as_alice: Client, laid_out: Path):
    page = "/path/choosing/criteria/"

    assert as_alice.post(page, _form(as_alice, page) | {"criteria-0-weight": "-1"}).status_code == 422
    assert laid_out.criteria.first().weight > 0


def _form(client: Client, page: str) -> dict[str, str]:
    """The page's own form has no address: it is sent back to where it stands."""
    return filled(client, page, None)


def test_a_tool_is_scored_with_notes(as_alice: Client, laid_out: Path):
    tool, criterion = laid_out.tools.get(key="buffer"), laid_out.criteria.get(key="ease")
    page = reverse("academy:tool", args=[tool.pk])
    sent = _form(as_alice, page) | {
        "considered": "on",
        "advantages": "Simple",
        f"cell{criterion.pk}-score": "3",
        f"cell{criterion.pk}-note": "Première publication en 6 minutes",
    }

    assert as_alice.post(page, sent).status_code == 302
    tool.refresh_from_db()
    cell = tool.cells.get(criterion=criterion)
    assert (tool.considered, tool.advantages) == (True, "Simple")
    assert (cell.score, cell.note) == (3, "Première publication en 6 minutes")
    assert tool.cells.count() == len(catalogue.tools()[0].facts) + 1
    assert Entry.objects.get(verb="path.tool_scored").params == {"tool": "Buffer"}


def test_a_score_can_be_taken_back_to_not_known(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[2])
    tool, criterion = laid_out.tools.get(key="buffer"), laid_out.criteria.first()
    page = reverse("academy:tool", args=[tool.pk])

    as_alice.post(page, _form(as_alice, page) | {f"cell{criterion.pk}-score": ""})

    assert tool.cells.get(criterion=criterion).score is None


def test_the_questionnaire_gives_its_number_and_is_kept(as_alice: Client, laid_out: Path):
    tool = laid_out.tools.first()
    page = reverse("academy:questionnaire", args=[tool.pk])

    as_alice.post(page, {f"s{n}": "5" if n % 2 == 0 else "1" for n in range(10)})
    refused = as_alice.post(page, {f"s{n}": "3" for n in range(9)})

    assert refused.status_code == 422
    assert Questionnaire.objects.get().answers == [5, 1] * 5
    assert "100,0" in plain(as_alice.get(reverse("academy:tool", args=[tool.pk])))
