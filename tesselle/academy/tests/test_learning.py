"""Learning by doing: a task is done when the product's own state says so, and not before."""

import re
from datetime import timedelta
from pathlib import Path as File

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tesselle.academy.catalogue.lessons import Chapter, chapters, terms
from tesselle.academy.learning.checking import Done, look_at
from tesselle.academy.learning.pages import found_terms
from tesselle.academy.learning.services import begin_chapter, check_task
from tesselle.academy.models import ChapterProgress, Path, QuizAnswer
from tesselle.academy.report.writing import report_of
from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content, Media
from tesselle.domain.messages import Message
from tesselle.journal.models import Entry
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.ledger.services.planning import plan_delivery
from tesselle.workspaces.models import Member, User, Workspace


def chapter(slug: str) -> Chapter:
    return next(one for one in chapters() if one.slug == slug)


def progress(path: Path, slug: str) -> ChapterProgress:
    return begin_chapter(path, chapter(slug))


@pytest.fixture
def two(workspace: Workspace) -> list[Channel]:
    return [
        Channel.objects.create(
            workspace=workspace,
            network=network,
            kind="account",
            remote_id=network,
            server=server,
            handle="us",
        )
        for network, server in (("bluesky", ""), ("mastodon", "https://tuiles.example"))
    ]


def post(path: Path, channels: list[Channel], *, by: User | None = None, **more: object) -> Post:
    shared = Content(text="Zellige", **more)  # type: ignore[arg-type]
    return save_post(
        workspace=channels[0].workspace,
        author=by or path.person,
        shared=shared,
        wordings=tuple(Wording(channel) for channel in channels),
        name="Terrasse",
    )


def tailored(path: Path, channels: list[Channel]) -> Post:
    return save_post(
        workspace=channels[0].workspace,
        author=path.person,
        shared=Content(text="Zellige"),
        wordings=(Wording(channels[0], Content(text="Court")), Wording(channels[1])),
        name="Terrasse",
    )


def test_the_pages_of_a_task_lead_back_until_it_is_done(as_alice: Client, path: Path):
    back = 'href="/path/learning/compose/"'

    def leads_back(page: str) -> bool:
        return back in as_alice.get(page).content.decode()

    assert not leads_back("/posts/new")
    begun = progress(path, "compose")
    assert leads_back("/posts/new")
    Workspace.objects.filter(pk=path.workspace_id).update(world_kind=Workspace.WorldKind.REAL)
    assert not leads_back("/posts/new")
    Workspace.objects.filter(pk=path.workspace_id).update(world_kind=Workspace.WorldKind.PRACTICE)
    ChapterProgress.objects.filter(pk=begun.pk).update(done_at=timezone.now())
    assert not leads_back("/posts/new")


# --- Writing ----------------------------------------------------------------------------------


def test_two_channels_and_a_tailored_text_are_found(path: Path, two: list[Channel]):
    begun = progress(path, "compose")
    tailored(path, two)

    assert look_at(begun) == Done("Terrasse")


def test_what_is_missing_is_said_step_by_step(path: Path, two: list[Channel]):
    begun = progress(path, "compose")
    said = [look_at(begun)]
    post(path, two[:1])
    said.append(look_at(begun))
    post(path, two)
    said.append(look_at(begun))

    assert all(isinstance(one, Message) for one in said)
    assert len(set(map(str, said))) == 3


def test_what_was_done_before_proves_nothing(path: Path, two: list[Channel]):
    tailored(path, two)
    begun = progress(path, "compose")
    ChapterProgress.objects.filter(pk=begun.pk).update(begun_at=timezone.now() + timedelta(seconds=1))
    begun.refresh_from_db()

    assert isinstance(look_at(begun), Message)


def test_the_work_of_a_colleague_is_not_mine(path: Path, two: list[Channel], bob: User):
    begun = progress(path, "compose")
    mine = tailored(path, two)
    mine.current.author = bob
    mine.current.save()

    assert isinstance(look_at(begun), Message)


def test_a_real_workspace_is_not_looked_at_and_a_practice_one_of_mine_is(
    path: Path, two: list[Channel], workspace: Workspace
):
    begun = progress(path, "compose")
    tailored(path, two)
    workspace.world_kind = Workspace.WorldKind.REAL
    workspace.save()
    in_earnest = look_at(begun)
    practice = Workspace.objects.create(name="Atelier", world_kind=Workspace.WorldKind.PRACTICE)
    Member.objects.create(workspace=practice, user=path.person)
    Channel.objects.update(workspace=practice)
    Post.objects.update(workspace=practice)

    assert isinstance(in_earnest, Message)
    assert isinstance(look_at(begun), Done)


# --- Checking, planning, publishing -----------------------------------------------------------


def picture(alt: str) -> tuple[Media, ...]:
    return (Media(kind="image", mime="image/jpeg", size_bytes=1000, width_px=800, height_px=600, alt=alt),)


def test_a_described_picture_that_no_network_refuses_is_found(path: Path, two: list[Channel]):
    begun = progress(path, "check")
    bare = look_at(begun)
    post(path, two, media=picture(""))
    without = look_at(begun)
    post(path, two, media=picture("Dalles grises"))

    assert isinstance(bare, Message)
    assert isinstance(without, Message)
    assert look_at(begun) == Done("Terrasse")


def test_a_post_that_a_network_would_refuse_is_not_done(path: Path, two: list[Channel]):
    begun = progress(path, "check")
    save_post(
        workspace=path.workspace,
        author=path.person,
        shared=Content(text="x" * 10_000, media=picture("Dalles grises")),
        wordings=(Wording(two[0]),),
    )

    assert isinstance(look_at(begun), Message)


def planned(path: Path, channel: Channel, ahead: timedelta) -> Delivery:
    return plan_delivery(
        variant=post(path, [channel]).current.variants.get(),
        due_at=path.workspace.now() + ahead,
        local_at="",
        zone="UTC",
        by=path.person,
    )


def test_a_post_planned_for_a_coming_day_is_found_and_one_of_the_past_is_not(path: Path, two: list[Channel]):
    begun = progress(path, "plan")
    nothing = look_at(begun)
    planned(path, two[0], timedelta(days=-1))
    past = look_at(begun)
    planned(path, two[0], timedelta(days=1))

    assert isinstance(nothing, Message)
    assert isinstance(past, Message)
    assert look_at(begun) == Done("Terrasse")


def test_a_planned_post_is_not_published_until_it_went_out(path: Path, two: list[Channel]):
    begun = progress(path, "publish")
    delivery = planned(path, two[0], timedelta(days=1))
    waiting = look_at(begun)
    step = Step.objects.create(
        delivery=delivery, channel=two[0], position=0, kind="post", key="k", instant=timezone.now()
    )
    Attempt.objects.create(step=step, delivery=delivery, channel=two[0], number=1)
    Delivery.objects.filter(pk=delivery.pk).update(state="live")

    assert isinstance(waiting, Message)
    assert look_at(begun) == Done("Terrasse")


# --- On the page ------------------------------------------------------------------------------


def test_hints_come_with_tries_and_done_stays_done(as_alice: Client, path: Path, two: list[Channel]):
    found = chapter("compose")
    page, check = (
        reverse("academy:chapter", args=["compose"]),
        reverse("academy:check_task", args=["compose"]),
    )
    early = as_alice.post(check).status_code
    as_alice.post(reverse("academy:begin_chapter", args=["compose"]))
    shown = []
    for _ in range(2):
        shown.append([hint.fr in as_alice.get(page).content.decode() for hint in found.hints])
        as_alice.post(check)
    tailored(path, two)
    as_alice.post(check)
    Post.objects.all().delete()
    as_alice.post(check)

    assert early == 404
    assert shown == [[False, False], [True, False]]
    assert ChapterProgress.objects.get().done_at is not None
    assert Entry.objects.filter(verb="path.chapter_done").count() == 1


def test_reading_a_chapter_begins_nothing(as_alice: Client, path: Path):
    assert as_alice.get(reverse("academy:chapter", args=["plan"])).status_code == 200
    assert not ChapterProgress.objects.exists()


def test_an_answer_is_explained_only_once_given(as_alice: Client, path: Path):
    found = chapter("plan")
    page, answer = reverse("academy:chapter", args=["plan"]), reverse("academy:answer", args=["plan", 0])
    before = as_alice.get(page).content.decode()
    wrong = (found.questions[0].right + 1) % len(found.questions[0].choices)
    as_alice.post(answer, {"choice0": str(wrong)})
    after = as_alice.get(page).content.decode()
    as_alice.post(answer, {"choice0": str(found.questions[0].right)})

    assert found.questions[0].why.fr not in before
    assert found.questions[0].why.fr in after
    kept = QuizAnswer.objects.get()
    assert (kept.choice, kept.tries) == (found.questions[0].right, 2)


@pytest.mark.parametrize("choice", ["", "7", "-1", "a"])
def test_an_answer_that_is_none_is_not_kept(as_alice: Client, path: Path, choice: str):
    as_alice.post(reverse("academy:answer", args=["plan", 0]), {"choice0": choice})

    assert not QuizAnswer.objects.exists()


@pytest.mark.parametrize("address", ["/path/learning/nothing/", "/path/learning/plan/9/"])
def test_a_chapter_or_question_that_is_not_there_is_not_found(as_alice: Client, path: Path, address: str):
    assert as_alice.post(address, {"choice0": "0"}).status_code in (404, 405)
    assert as_alice.get(address).status_code in (404, 405)


def test_mallory_does_nothing_in_our_chapters(client: Client, path: Path, mallory: User):
    progress(path, "plan")
    client.force_login(mallory)
    without = client.post(reverse("academy:check_task", args=["plan"])).status_code
    client.post("/path/begin/")

    assert without == 404
    assert client.post(reverse("academy:check_task", args=["plan"])).status_code == 404
    assert ChapterProgress.objects.get().tries == 0


def test_every_chapter_is_whole():
    assert len({one.slug for one in chapters()}) == len(chapters())
    for one in chapters():
        assert reverse(one.page)
        assert len(one.hints) >= 2
        for question in one.questions:
            assert 0 <= question.right < len(question.choices)


def test_a_try_is_counted_only_while_it_is_not_done(path: Path, two: list[Channel]):
    begun = progress(path, "compose")
    check_task(begun, chapter("compose"))
    tailored(path, two)
    check_task(begun, chapter("compose"))

    assert ChapterProgress.objects.get().tries == 1


# --- The words --------------------------------------------------------------------------------

GLOSSARY = File(__file__).parents[3] / "docs/glossary.md"


NOTE = re.compile(r" \([^()]*\*[^()]*\)")


def test_every_word_stands_in_the_glossary_with_the_same_meaning():
    """But for what it tells authors alone: of which other word a word takes the place."""
    rows = [
        [
            NOTE.sub("", cell).strip().replace("*", "").replace("'", "’")
            for cell in line.strip("| \n").split("|")
        ]
        for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    told = {tuple(row[-3:]) for row in rows}

    for term in terms():
        assert (term.name.en, term.name.fr, term.meaning.en) in told, term.name.en


def test_words_stand_in_the_order_of_a_dictionary():
    with override("fr"):
        names = [str(term.name) for term in found_terms("")]
        assert names.index("départ") < names.index("double authentification")
        assert names.index("média") < names.index("membre")
        assert [str(term.name) for term in found_terms("DEPART")][:1] == ["départ"]


def test_the_page_is_searched_in_either_language(as_alice: Client, workspace: Workspace):
    page = as_alice.get("/glossary/?q=brouillon").content.decode()

    assert "une publication sans envoi" in page
    assert "horloge" not in page.split("<dl")[1].split("</dl>")[0]
    assert [term.name.en for term in found_terms("Working COPY")] == ["working copy"]
    assert found_terms("zzz") == []
    assert "zzz" in as_alice.get("/glossary/?q=zzz").content.decode()


def test_what_a_task_was_found_by_is_said_for_what_it_is(path: Path, as_alice: Client):
    """A post where it was a post; the workspace it was done in where nothing else has a name."""
    for slug, evidence in (("figures", "Entraînement"), ("compose", "Un sol posé")):
        path.chapters.create(slug=slug, evidence=evidence, done_at=timezone.now())

    pages = {
        slug: as_alice.get(f"/path/learning/{slug}/").content.decode() for slug in ("figures", "compose")
    }
    with override("en"):
        report = " ".join(line.text for section in report_of(path) for line in section.lines)

    assert "espace de travail «\xa0Entraînement" in pages["figures"]
    assert "Fait avec «\xa0Un sol posé" in pages["compose"]
    assert "workspace “Entraînement”" in report and "with “Un sol posé”" in report
