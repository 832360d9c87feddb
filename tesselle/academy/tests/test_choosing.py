"""From needs to a decision: what is laid out, scored, ranked, shown, kept, and to whom it is shut."""

import io
import re
from collections.abc import Sequence
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.academy import catalogue
from tesselle.academy.choosing.board import board_of
from tesselle.academy.choosing.feedback import MOST_ANSWERS, give_feedback, make_link
from tesselle.academy.choosing.methods import second_opinion
from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.models import (
    Cell,
    Criterion,
    Decision,
    Feedback,
    FeedbackLink,
    Gate,
    Path,
    Questionnaire,
    Tool,
    Verdict,
)
from tesselle.academy.tests.filled import filled
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.workspaces.models import User


@pytest.fixture
def laid_out(path: Path) -> Path:
    keep_needs(path, needs=["budget"], said="", set_weights=True)
    return path


def score(path: Path, **scores: Sequence[int | None]) -> None:
    """Each tool by the first criteria; the others count nothing."""
    criteria = list(path.criteria.all())
    width = len(next(iter(scores.values())))
    for criterion in criteria[width:]:
        criterion.weight = 0
        criterion.save()
    for name, row in scores.items():
        tool, _ = Tool.objects.get_or_create(path=path, name=name)
        Tool.objects.filter(pk=tool.pk).update(considered=True)
        for criterion, value in zip(criteria, row, strict=False):
            Cell.objects.update_or_create(tool=tool, criterion=criterion, defaults={"score": value})


def plain(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())


# --- Needs, criteria, facts -------------------------------------------------------------------


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


# --- Scores -----------------------------------------------------------------------------------


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


# --- Ranking ----------------------------------------------------------------------------------


def test_the_ranking_says_who_leads_how_surely_and_by_which_methods(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 3, 2], Publer=[3, 3, 2], Swello=[1, 0, 1])

    said = plain(as_alice.get("/path/choosing/ranking/"))

    assert "1. Buffer" in said
    assert "3. Swello" in said
    assert "1 000 fois" in said
    assert "100 %" in said
    assert "TOPSIS" in said and "PROMETHEE II" in said


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

    answer = as_alice.get("/path/choosing/ranking/")

    assert answer.status_code == 200
    assert "1. Buffer" in plain(answer)


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


# --- Side by side, decision -------------------------------------------------------------------


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


# --- Feedback by a link -----------------------------------------------------------------------


@pytest.fixture
def link(laid_out: Path) -> str:
    return reverse("academy:feedback", args=[make_link(laid_out.tools.get(key="buffer"))[1]])


def test_the_link_is_shown_once_and_only_its_hash_is_kept(as_alice: Client, laid_out: Path):
    tool = laid_out.tools.first()
    shown = as_alice.post(reverse("academy:ask", args=[tool.pk])).content.decode()

    token = re.search(r"/feedback/([\w-]+)/", shown)[1]
    kept = FeedbackLink.objects.get()
    assert token not in str(vars(kept))
    assert token not in as_alice.get(reverse("academy:tool", args=[tool.pk])).content.decode()


def test_opening_the_link_decides_nothing(client: Client, link: str):
    answer = client.get(link)

    assert answer.status_code == 200
    assert "Alice" in plain(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not Feedback.objects.exists()


def test_somebody_without_an_account_says_what_they_think(client: Client, link: str, laid_out: Path):
    sent = {"name": "Noé", "liked": "Clair", **{f"s{n}": "3" for n in range(10)}}

    assert client.post(link, sent).status_code == 200
    given = Feedback.objects.get()
    assert (given.tool, given.name, given.answers) == (laid_out.tools.first(), "Noé", [3] * 10)
    assert Entry.objects.get(verb="path.feedback_given").actor_id is None


def test_half_a_questionnaire_or_nothing_at_all_is_refused(client: Client, link: str):
    assert client.post(link, {"name": "Noé", "liked": "Clair", "s0": "3"}).status_code == 422
    assert client.post(link, {"name": "Noé"}).status_code == 422
    assert not Feedback.objects.exists()


def test_an_expired_closed_or_invented_link_is_worth_nothing(
    client: Client, link: str, as_alice: Client, laid_out: Path
):
    sent = {"name": "Noé", "liked": "Clair"}
    kept = FeedbackLink.objects.get()
    FeedbackLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expired = Client().post(link, sent).status_code
    FeedbackLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    as_alice.post(reverse("academy:close_link", args=[kept.pk]))

    assert expired == 404
    assert Client().post(link, sent).status_code == 404
    assert Client().get(reverse("academy:feedback", args=["invented"])).status_code == 404
    assert not Feedback.objects.exists()


def test_a_link_of_a_deleted_workspace_is_worth_nothing(client: Client, link: str, laid_out: Path):
    laid_out.workspace.deleted_at = timezone.now()
    laid_out.workspace.save()

    assert client.get(link).status_code == 404


def test_one_link_brings_a_bounded_number_of_answers(laid_out: Path):
    made, _ = make_link(laid_out.tools.get(key="buffer"))
    Feedback.objects.bulk_create(
        Feedback(tool=made.tool, link=made, name=f"n{number}") for number in range(MOST_ANSWERS)
    )

    with pytest.raises(RuleError):
        give_feedback(made, name="one more", liked="x", missed="", answers=[])


# --- The table --------------------------------------------------------------------------------


def test_the_matrix_goes_out_and_comes_back_the_same(as_alice: Client, laid_out: Path):
    score(laid_out, Buffer=[4, 3])
    cell = Cell.objects.filter(score=4).get()
    cell.note, cell.read_on = "=1+1 minutes", date(2026, 11, 25)
    cell.save()
    before = list(Cell.objects.exclude(fact="", score=None).order_by("pk").values())
    data = as_alice.get("/path/choosing/matrix.xlsx").content
    Cell.objects.filter(score=4).update(score=None, note="", fact="", source="")

    as_alice.post("/path/choosing/matrix/bring-in/", {"table": SimpleUploadedFile("m.xlsx", data)})

    assert list(Cell.objects.exclude(fact="", score=None).order_by("pk").values()) == before


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_table_is_a_formula(as_alice: Client, laid_out: Path, sign: str):
    tool = laid_out.tools.first()
    tool.name = f"{sign}HYPERLINK(1)"
    tool.save()
    Cell.objects.filter(tool=tool).update(note=f"{sign}1+1")

    book = openpyxl.load_workbook(io.BytesIO(as_alice.get("/path/choosing/matrix.xlsx").content))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value) == f"'{sign}HYPERLINK(1)" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(str(cell.value).startswith(sign) for cell in cells if cell.data_type == "s")


def table(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.active.append(["Outil", "Critère", "Note"])
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("m.xlsx", stream.getvalue())


def test_a_new_tool_comes_in_and_an_unknown_criterion_is_left_out(as_alice: Client, laid_out: Path):
    known = laid_out.criteria.first().name
    sent = {"table": table(("Nouveau", known, 3), ("Nouveau", "Inconnu", 2))}

    answer = as_alice.post("/path/choosing/matrix/bring-in/", sent, follow=True)

    assert [cell.score for cell in laid_out.tools.get(name="Nouveau").cells.all()] == [3]
    assert "Inconnu" in plain(answer)


@pytest.mark.parametrize("value", [5, -1, 2.5, "beaucoup"])
def test_a_score_beyond_its_range_keeps_nothing_of_the_table(as_alice: Client, laid_out: Path, value: object):
    known = laid_out.criteria.first().name

    as_alice.post(
        "/path/choosing/matrix/bring-in/", {"table": table(("Nouveau", known, 3), ("Nouveau", known, value))}
    )

    assert not laid_out.tools.filter(name="Nouveau").exists()


@pytest.mark.parametrize("data", [b"", b"no table", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_table_is_refused_in_words(as_alice: Client, laid_out: Path, data: bytes):
    sent = {"table": SimpleUploadedFile("m.xlsx", data)}

    answer = as_alice.post("/path/choosing/matrix/bring-in/", sent, follow=True)

    assert answer.status_code == 200
    assert not Entry.objects.filter(verb="path.matrix_imported").exists()


# --- To whom it is shut -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tool", "questionnaire", "ask"])
def test_mallory_with_a_path_of_her_own_opens_no_tool_of_ours(
    client: Client, laid_out: Path, mallory: User, name: str
):
    client.force_login(mallory)
    client.post("/path/begin/")
    address = reverse(f"academy:{name}", args=[laid_out.tools.first().pk])

    assert client.post(address, {"considered": "on"}).status_code == 404
    if name != "ask":
        assert client.get(address).status_code == 404
    assert not Tool.objects.filter(considered=True).exists()


def test_mallory_closes_no_link_of_ours(client: Client, link: str, mallory: User):
    client.force_login(mallory)
    client.post("/path/begin/")

    assert client.post(reverse("academy:close_link", args=[FeedbackLink.objects.get().pk])).status_code == 404
    assert FeedbackLink.objects.get().revoked_at is None


def test_mallorys_form_changes_no_row_of_ours(client: Client, laid_out: Path, mallory: User):
    """The ids of rows stand in the form: those of somebody else's path are refused."""
    client.force_login(mallory)
    client.post("/path/begin/")
    ours = laid_out.gates.get()
    sent = {
        "criteria-TOTAL_FORMS": "0",
        "criteria-INITIAL_FORMS": "0",
        "gates-TOTAL_FORMS": "1",
        "gates-INITIAL_FORMS": "1",
        "gates-0-id": str(ours.pk),
        "gates-0-text": "Hers",
    }

    client.post("/path/choosing/criteria/", sent)

    assert Gate.objects.get(pk=ours.pk).text == ours.text
