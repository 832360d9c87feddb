"""The ranking on its page, two side by side, and the decision that is kept."""

import re

from django.test import Client
from django.utils import translation

from tesselle.academy.catalogue import as_read
from tesselle.academy.choosing.board import board_of
from tesselle.academy.choosing.methods import second_opinion
from tesselle.academy.models import (
    Criterion,
    Decision,
    Path,
    Verdict,
)
from tesselle.academy.tests.scoring import plain, score
from tesselle.journal.models import Entry


def test_the_ranking_says_who_leads_how_surely_and_by_which_methods(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 3, 2], Publer=[3, 3, 2], Swello=[1, 0, 1])

    said = plain(as_alice.get("/path/choosing/ranking/", {"methods": ""}))

    assert "1. Buffer" in said
    assert "3. Swello" in said
    assert "1 000 fois" in said
    assert "100 %" in said
    assert "TOPSIS" in said and "PROMETHEE II" in said


def test_the_ranking_does_not_wait_for_the_methods_and_fetches_them(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 3, 2], Publer=[3, 3, 2], Swello=[1, 0, 1])

    page = as_alice.get("/path/choosing/ranking/")
    fetched = as_alice.get("/path/choosing/ranking/?methods", headers={"HX-Request": "true"}).content.decode()
    again = as_alice.get("/path/choosing/ranking/").content.decode()

    assert "1. Buffer" in plain(page) and "PROMETHEE" not in plain(page)
    assert 'hx-get="/path/choosing/ranking/?methods" hx-trigger="load"' in page.content.decode()
    assert "PROMETHEE II" in fetched and "<html" not in fetched and "hx-get" not in fetched
    assert "PROMETHEE II" in again and "?methods" not in again


def test_a_tool_that_fails_a_condition_is_out_whatever_its_scores(laid_out: Path):
    score(laid_out, Buffer=[4, 4], Publer=[1, 1])
    buffer = laid_out.tools.get(name="Buffer")
    Verdict.objects.create(tool=buffer, gate=laid_out.gates.get(), passed=False)

    board = board_of(laid_out)

    assert [one.name for one in board.ranked] == ["Publer"]
    assert [(one.tool.name, len(one.failed)) for one in board.out] == [("Buffer", 1)]


def test_an_unknown_condition_eliminates_nobody(laid_out: Path):
    score(laid_out, Buffer=[4, 4], Publer=[1, 1])
    Verdict.objects.create(tool=laid_out.tools.get(name="Buffer"), gate=laid_out.gates.get(), passed=None)

    assert board_of(laid_out).out == []


def test_a_scored_tool_that_is_not_ticked_is_said_to_stay_out(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 4], Publer=[1, 1])
    laid_out.tools.filter(name="Buffer").update(considered=False)
    out = f'href="/path/choosing/tools/{laid_out.tools.get(name="Buffer").pk}/"'

    assert [tool.name for tool in board_of(laid_out).left_out] == ["Buffer"]
    assert out in as_alice.get("/path/choosing/ranking/").content.decode()
    laid_out.tools.filter(name="Buffer").update(considered=True)
    assert out not in as_alice.get("/path/choosing/ranking/").content.decode()


def test_missing_scores_are_a_range_on_the_page(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, None], Publer=[1, 1])

    assert "Buffer : entre" in plain(as_alice.get("/path/choosing/ranking/"))


def test_without_any_weight_nothing_is_ranked_and_nothing_breaks(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 4])
    Criterion.objects.update(weight=0)

    assert as_alice.get("/path/choosing/ranking/").status_code == 200
    assert board_of(laid_out).ranked == []


def test_when_the_methods_cannot_be_asked_the_sum_stands(as_alice: Client, laid_out: Path, monkeypatch):
    score(laid_out, Buffer=[4, 3], Publer=[1, 1])
    monkeypatch.setattr("tesselle.academy.choosing.methods.sys.executable", "/nowhere")

    answer = as_alice.get("/path/choosing/ranking/", {"methods": ""})

    assert answer.status_code == 200
    assert "1. Buffer" in plain(answer) and "n’ont pas pu être interrogées" in plain(answer)


def test_the_same_question_is_put_to_the_methods_once(db, monkeypatch):
    scores = {"a": [4, 0, 1], "b": [0, 3, 1]}
    first = second_opinion([3, 2, 1], scores)
    monkeypatch.setattr("tesselle.academy.choosing.methods.sys.executable", "/nowhere")

    assert first is not None
    assert second_opinion([3, 2, 1], scores) == first


def test_the_matrix_asks_as_often_with_many_tools(
    as_alice: Client, laid_out: Path, django_assert_max_num_queries
):
    score(laid_out, **{f"tool {n}": [4, 3] for n in range(20)})
    as_alice.get("/path/choosing/tools/")

    with django_assert_max_num_queries(14):
        as_alice.get("/path/choosing/tools/")


def test_the_two_that_lead_stand_side_by_side(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 4], Publer=[3, 3], Swello=[0, 0])

    said = as_alice.get("/path/choosing/side-by-side/").content.decode()

    heads = re.findall(r'<th scope="col">([^<]+)</th>', said)
    assert heads[1:] == ["Buffer", "Publer"]
    chosen = as_alice.get("/path/choosing/side-by-side/?a=Swello&b=Buffer").content.decode()
    assert re.findall(r'<th scope="col">([^<]+)</th>', chosen)[1:] == ["Swello", "Buffer"]


def test_a_decision_is_kept_with_the_ranking_of_its_day(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 4], Publer=[3, 3])
    page = "/path/choosing/decision/"
    as_alice.post(
        page, {"outcome": "tool", "tool_name": "Publer", "against_name": "Buffer", "reasons": "Prix"}
    )
    score(laid_out, Buffer=[0, 0])

    decision = Decision.objects.get()
    assert [row["name"] for row in decision.ranking] == ["Buffer", "Publer"]
    assert Entry.objects.get(verb="path.decided").params == {"tool": "Publer"}


def test_it_may_be_none_of_them_and_earlier_decisions_stay(as_alice: Client, laid_out: Path):
    page = "/path/choosing/decision/"
    as_alice.post(page, {"outcome": "tool", "tool_name": "Tesselle", "reasons": "Essai"})
    as_alice.post(page, {"outcome": "none", "tool_name": "Tesselle", "reasons": "Trop pour nous"})

    assert [(one.outcome, one.tool_name) for one in Decision.objects.all()] == [
        ("tool", "Tesselle"),
        ("none", ""),
    ]


def test_a_decision_without_reasons_is_refused(as_alice: Client, laid_out: Path):
    answer = as_alice.post(
        "/path/choosing/decision/", {"outcome": "tool", "tool_name": "Buffer", "reasons": ""}
    )

    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_side_by_side_prefers_what_waits_for_a_score_to_what_is_out(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 4], Publer=[3, 3], Swello=[4, None])
    Verdict.objects.create(tool=laid_out.tools.get(name="Buffer"), gate=laid_out.gates.get(), passed=False)

    said = as_alice.get("/path/choosing/side-by-side/").content.decode()

    assert re.findall(r'<th scope="col">([^<]+)</th>', said)[1:] == ["Publer", "Swello"]


def test_the_decision_that_stands_comes_before_the_form_for_another(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 4], Publer=[3, 3])
    page, own_way = "/path/choosing/decision/", "/path/learning/own/"
    as_alice.post(page, {"outcome": "tool", "tool_name": "Publer", "reasons": "Elle suffit."})

    said = as_alice.get(page).content.decode()
    assert said.index("Elle suffit.") < said.index('name="reasons"')
    assert own_way in said

    refused = as_alice.post(page, {"outcome": "tool", "tool_name": "Publer", "reasons": ""}).content.decode()
    assert refused.index('name="reasons"') < refused.index("Elle suffit.")


def test_whoever_chose_tesselle_is_not_sent_elsewhere(as_alice: Client, laid_out: Path):
    page = "/path/choosing/decision/"
    as_alice.post(page, {"outcome": "tool", "tool_name": "Tesselle", "reasons": "Elle suffit."})

    said = as_alice.get(page).content.decode()

    assert "Elle suffit." in said and "/path/learning/own/" not in said


def test_what_puts_a_tool_out_is_quoted_as_the_language_quotes(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 4])
    gate = laid_out.gates.get()
    Verdict.objects.create(tool=laid_out.tools.get(name="Buffer"), gate=gate, passed=False)

    with translation.override("fr"):
        condition = as_read(gate.text)
    assert f"« {condition} »" in plain(as_alice.get("/path/choosing/ranking/")).replace("\u202f", " ")
