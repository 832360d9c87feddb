"""The report says what was done, and that the rest was not; each sentence leads to its data."""

import io
import re
from datetime import date

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.models import (
    Cell,
    Decision,
    Difficulty,
    Feedback,
    Objective,
    Path,
    Questionnaire,
    ReportSection,
    Skill,
    TimeEntry,
    Tool,
)
from tesselle.academy.report.sections import drafts_of
from tesselle.academy.report.writing import report_of, write_section
from tesselle.academy.start.services import freeze_start
from tesselle.academy.tests.filled import filled
from tesselle.adapt.models import Decision as AdaptDecision
from tesselle.adapt.tests.factories import make_habit_suggestion
from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.ledger.models import Delivery
from tesselle.ledger.services.planning import plan_delivery
from tesselle.measure.models import Series
from tesselle.workspaces.models import User


def said(path: Path) -> str:
    with translation.override("en"):
        return " ".join(line.text for section in report_of(path) for line in section.lines).replace(
            "\xa0", " "
        )


def section_of(path: Path, key: str):
    return next(section for section in report_of(path) if section.draft.key == key)


def test_of_an_empty_path_it_says_that_nothing_was_done(path: Path):
    text = said(path)

    for sentence in (
        "The start was not frozen",
        "No objective was set.",
        "No criteria were set.",
        "No figures were read",
        "No post was written",
        "Nothing was measured",
        "No difficulty was marked",
        "No tool was scored completely.",
        "No decision was taken.",
        "Noted: 0 min.",
        "No difficulty was noted.",
        "No skill was assessed.",
        "reached: 0",
    ):
        assert sentence in text, sentence


def test_it_holds_the_sections_such_a_work_asks_for(path: Path):
    keys = [section.draft.key for section in report_of(path)]

    assert keys[0] == "expectations"
    assert len([key for key in keys if key.startswith("question-")]) == 5
    assert keys[6:] == ["choice", "testing", "presence", "time", "difficulties", "teaching", "conclusion"]


def test_what_was_laid_out_in_french_is_read_in_english(path: Path, as_alice: Client):
    """Not what its person worded: that stays as they said it."""
    keep_needs(path, needs=["budget"], said="", set_weights=True)
    mine = path.questions.get(theme="challenge")
    mine.worded = "Qu’est-ce qui m’a coûté le plus ?"
    mine.save()
    phase = path.phases.first()
    TimeEntry.objects.create(path=path, phase=phase, activity="x", began_at=timezone.now(), minutes=1)

    with translation.override("en"):
        titles = [section.draft.title for section in report_of(path)]
        tables = section_of(path, "time").draft.tables
    text = said(path)

    assert path.questions.first().worded.startswith("Quels critères")
    assert "Which criteria decide on the choice of a social media tool for the company?" in titles
    assert mine.worded in titles
    assert tables[0][1].rows[0][0] == "Exploring the tools"
    assert "Easy to use and to learn" in text
    assert not re.search("Facile|Explorer|Choisir|Apprendre|dépasse|budget fixé", text)


def test_a_phase_without_time_and_a_scored_tool_that_stays_out_are_named(path: Path):
    keep_needs(path, needs=[], said="", set_weights=True)
    tool = path.tools.get(name="Buffer")
    Cell.objects.update_or_create(tool=tool, criterion=path.criteria.first(), defaults={"score": 3})
    learning = path.phases.get(planned_minutes=840)
    learning.explanation = "J’ai tout lu avant."
    learning.save()

    text = said(path)

    assert "Choosing (planned: 3 h): no time was noted, and it is not explained why." in text
    assert "Learning the chosen tool (planned" not in text
    assert "J’ai tout lu avant." in text
    assert "Buffer was scored, but does not take part in the ranking." in text
    assert "Publer was scored" not in text


def test_it_compares_with_the_first_frozen_start(path: Path):
    Path.objects.filter(pk=path.pk).update(subject="s", expectations="Publier chaque semaine")
    Objective.objects.create(path=path, text="Quatre publications", reached=False, outcome="Trois seulement.")
    path.refresh_from_db()
    freeze_start(path)
    Path.objects.filter(pk=path.pk).update(expectations="Autre chose")

    text = said(path)

    assert "“Publier chaque semaine”" in text
    assert "Autre chose" not in text
    assert "Objective “Quatre publications”: not reached. Trois seulement." in text


def test_the_choice_is_told_with_its_numbers_and_reasons(as_alice: Client, path: Path):
    keep_needs(path, needs=[], said="", set_weights=True)
    for name, score in (("Buffer", 4), ("Publer", 1)):
        tool = path.tools.get(name=name)
        tool.considered = True
        tool.save()
        for criterion in path.criteria.all():
            Cell.objects.update_or_create(tool=tool, criterion=criterion, defaults={"score": score})
    Decision.objects.create(path=path, outcome="tool", tool_name="Publer", reasons="Le prix.")

    text = said(path)

    assert "1. Buffer (100.0%), 2. Publer (25.0%)" in text
    assert "Buffer comes first in 100% of cases" in text
    assert "to take Publer" in text
    assert "Le prix." in text
    [(_, ranked), (_, table)] = section_of(path, "choice").draft.tables
    assert len(ranked.bars) == len(ranked.rows)
    page = as_alice.get("/path/report/").content.decode()
    assert re.findall('class="table-bar".*?<rect width="([0-9.]+)"', page) == ["100.0", "25.0"]
    assert table.head[2:] == ("Buffer", "Publer")
    assert {row[2:] for row in table.rows} == {("4", "1")}


def test_a_tool_that_took_part_is_told_with_its_sides_and_what_others_said(as_alice: Client, path: Path):
    tool = Tool.objects.create(
        path=path, name="Buffer", considered=True, advantages="Clair.", drawbacks="Cher."
    )
    Tool.objects.create(path=path, name="Later", advantages="Joli.")
    Questionnaire.objects.create(tool=tool, answers=[5, 1] * 5)
    Feedback.objects.create(tool=tool, name="Noé", liked="Rapide.", answers=[3] * 10)

    text = said(path)

    assert "Advantages of Buffer: Clair." in text
    assert "Drawbacks of Buffer: Cher." in text
    assert "Usability of Buffer: 75.0 of 100, from 2 answers." in text
    assert "Noé on Buffer: “Rapide.”" in text
    assert "Joli." not in text
    for line in section_of(path, "choice").lines:
        assert as_alice.get(line.sentence.url).status_code == 200


def test_the_work_with_the_tool_is_counted_from_this_path_on(path: Path, alice: User, bob: User):
    channel = Channel.objects.create(
        workspace=path.workspace, network="bluesky", kind="account", remote_id="x", server="", handle="us"
    )

    def post(author, **more):
        return save_post(
            workspace=path.workspace,
            author=author,
            shared=Content(text="Zellige"),
            wordings=(Wording(channel, **more),),
        )

    mine = post(alice, content=Content(text="À nous"))
    post(bob)
    old = post(alice)
    type(old).objects.filter(pk=old.pk).update(created_at=path.begun_at - timezone.timedelta(days=1))
    sent = plan_delivery(
        variant=mine.current.variants.get(), due_at=timezone.now(), local_at="", zone="UTC", by=alice
    )
    Delivery.objects.filter(pk=sent.pk).update(state="live")
    Series.objects.create(
        channel=channel, delivery=sent, published_at=timezone.now(), latest={"reactions": 3, "reach": 40}
    )

    text = said(path)

    assert "1 post was written, for channels: 1." in text
    assert "1 variant had a text tailored" in text
    assert "1 delivery was planned, of which went out: 1." in text
    assert "Figures were read of 1 delivery: reach, reactions." in text
    assert "is for the person to say" in text


def test_changes_decided_on_the_figures_are_told_with_what_became_of_them(path: Path, alice: User, bob: User):
    for by, verdict in ((alice, "held"), (alice, "not_held"), (alice, ""), (bob, "held")):
        suggestion = make_habit_suggestion(path.workspace)
        AdaptDecision.objects.create(
            suggestion=suggestion,
            workspace=path.workspace,
            decided_at=timezone.now(),
            decided_by=by,
            review_on=date(2026, 12, 25),
            verdict=verdict,
        )

    assert (
        "3 changes of plan were decided on suggestions from the figures: kept their promise 1, did not 1, "
        "not settled 1."
    ) in said(path)


def test_time_difficulties_and_skills_are_told(path: Path):
    phase = path.phases.first()
    phase.explanation = "Plus d’outils que pensé."
    phase.save()
    TimeEntry.objects.create(path=path, phase=phase, activity="x", began_at=timezone.now(), minutes=800)
    Difficulty.objects.create(
        path=path, met_on=date(2026, 11, 20), what="Jeton perdu.", overcome="Reconnecté.", is_greatest=True
    )
    Skill.objects.create(path=path, name="Écrire", before=1, after=3)

    text = said(path)

    assert "Planned: 36 h. Noted: 13 h 20." in text
    assert "(+1 h 20): Plus d’outils que pensé." in text
    assert "The greatest difficulty, on 20 November 2026: Jeton perdu." in text
    assert "How it was overcome: Reconnecté." in text
    assert "Écrire: at the start “With help”, at the end “Alone, surely”." in text


def test_every_sentence_leads_to_a_page_that_opens(as_alice: Client, path: Path):
    urls = {sentence.url for draft in drafts_of(path) for sentence in draft.sentences}

    assert urls
    for url in urls:
        assert as_alice.get(url).status_code == 200, url


# --- Written ----------------------------------------------------------------------------------


def test_own_words_are_kept_and_untouched_sentences_follow_their_data(as_alice: Client, path: Path):
    page = reverse("academy:report_section", args=["difficulties"])
    as_alice.post(page, filled(as_alice, page, None, own_words="J’ai appris à lire les messages."))
    Difficulty.objects.create(path=path, met_on=date(2026, 11, 20), what="Jeton perdu.")

    section = section_of(path, "difficulties")
    assert section.own_words == "J’ai appris à lire les messages."
    assert "Jeton perdu." in section.lines[0].text
    assert ReportSection.objects.get().lines == {}


def test_a_changed_sentence_stays_and_says_when_its_data_have_changed(as_alice: Client, path: Path):
    page = reverse("academy:report_section", args=["time"])
    as_alice.post(page, filled(as_alice, page, None, line0="Environ 36 heures."))
    before = section_of(path, "time").lines[0]
    TimeEntry.objects.create(path=path, activity="x", began_at=timezone.now(), minutes=60)
    after = section_of(path, "time").lines[0]

    assert (before.text, before.is_changed) == ("Environ 36 heures.", True)
    assert after.text == "Environ 36 heures."
    assert after.is_stale
    assert "1" in after.sentence.text
    assert "Environ 36 heures." in as_alice.get("/path/report/").content.decode()


def test_an_emptied_sentence_is_left_out(as_alice: Client, path: Path):
    page = reverse("academy:report_section", args=["time"])
    as_alice.post(page, filled(as_alice, page, None, line0=""))

    assert section_of(path, "time").lines[0].text == ""
    assert section_of(path, "time").lines[0].is_changed


def test_a_sentence_that_is_not_there_cannot_be_slipped_in(path: Path):
    draft = section_of(path, "time").draft
    write_section(path, draft, own_words="", texts={"invented": "Tout a été fait."})

    assert ReportSection.objects.get().lines == {}


def test_what_was_reached_is_said_at_the_end(as_alice: Client, path: Path):
    objective = Objective.objects.create(path=path, text="Quatre publications")
    skill = Skill.objects.create(path=path, name="Écrire", before=1)
    page = "/path/report/results/"
    sent = filled(as_alice, page, None) | {"objectives-0-reached": "true", "skills-0-after": "3"}

    assert as_alice.post(page, sent).status_code == 302
    objective.refresh_from_db()
    skill.refresh_from_db()
    assert objective.reached is True
    assert skill.after == 3


# --- Taken along ------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["docx", "pdf", "md"])
def test_it_is_taken_along_in_every_format(as_alice: Client, path: Path, ending: str):
    answer = as_alice.get(reverse("academy:report_document", args=[ending]))

    assert answer.status_code == 200
    assert {"docx": b"PK", "pdf": b"%P", "md": b"# "}[ending] == answer.content[:2]


def test_every_numbered_sentence_of_the_document_has_its_source(as_alice: Client, path: Path):
    Tool.objects.create(path=path, name="x")
    made = docx.Document(io.BytesIO(as_alice.get(reverse("academy:report_document", args=["docx"])).content))

    numbers = [m[1] for one in made.paragraphs if (m := re.search(r"\[(\d+)\]$", one.text))]
    runs = [row.cells[0].text.split("–") for row in made.tables[-1].rows][1:]
    assert numbers == [str(one) for run in runs for one in range(int(run[0]), int(run[-1]) + 1)]
    assert len(runs) < len(numbers)
    assert len(numbers) == sum(len(draft.sentences) for draft in drafts_of(path))


def test_mallory_reads_no_report_of_ours(client: Client, path: Path, mallory: User):
    Path.objects.filter(pk=path.pk).update(subject="Notre sujet")
    question = path.questions.first()
    client.force_login(mallory)
    without = client.get(reverse("academy:report_document", args=["md"])).status_code
    client.post("/path/begin/")

    assert without == 404
    assert "Notre sujet" not in client.get(reverse("academy:report_document", args=["md"])).content.decode()
    assert client.get(reverse("academy:report_section", args=[f"question-{question.pk}"])).status_code == 404
