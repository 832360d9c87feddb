"""Progress shown by a link, the skills map, and the pictures of the chapters."""

from datetime import timedelta
from pathlib import Path as File

import pytest
from django.test import Client
from django.utils import timezone

from tesselle.academy.catalogue.lessons import chapters, skills
from tesselle.academy.learning.checking import Done, look_at
from tesselle.academy.learning.progress import progress_of
from tesselle.academy.learning.services import begin_chapter
from tesselle.academy.models import ChapterProgress, Path, ProgressLink, QuizAnswer
from tesselle.domain.messages import Message
from tesselle.journal.models import Entry
from tesselle.journal.services import record
from tesselle.workspaces.models import User

PICTURES = File(__file__).parents[1] / "static/academy/pictures"


def made(client: Client) -> str:
    shown = client.post("/path/learning/show/", {"name": "École", "days": "7"})
    address = shown.context["address"]
    assert "/progress/" in address
    return str(address)[str(address).index("/progress/") :]


def test_whoever_holds_the_link_sees_what_was_found_and_no_more(as_alice: Client, path: Path):
    Path.objects.filter(pk=path.pk).update(context="Un secret de la maison")
    ChapterProgress.objects.create(path=path, slug="plan", done_at=timezone.now(), evidence="Terrasse")
    address = made(as_alice)

    answer = Client().get(address)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert str(next(one.title.fr for one in chapters() if one.slug == "plan")) in shown
    assert "1 chapitre terminé sur" in shown
    assert "secret" not in shown
    assert "Terrasse" not in shown
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    assert not ProgressLink.objects.filter(digest__in=[address.split("/")[2]]).exists()


def test_a_link_ends_by_itself_and_by_its_owner(as_alice: Client, path: Path):
    first, second = made(as_alice), made(as_alice)
    link = ProgressLink.objects.order_by("pk")[0]
    as_alice.post(f"/path/learning/show/{link.pk}/withdraw/")
    gone = Client().get(first).status_code
    ProgressLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert gone == 404
    assert Client().get(second).status_code == 404
    assert Client().get("/progress/nothing/").status_code == 404
    assert Entry.objects.filter(verb="path.progress_hidden").count() == 1


def test_mallory_withdraws_no_link_of_ours(client: Client, as_alice: Client, path: Path, mallory: User):
    address = made(as_alice)
    client.force_login(mallory)
    client.post("/path/begin/")
    link = ProgressLink.objects.get()

    assert client.post(f"/path/learning/show/{link.pk}/withdraw/").status_code == 404
    assert Client().get(address).status_code == 200


def test_the_skills_map_counts_tasks_and_right_answers(path: Path):
    before = {one.name: one.share for one in progress_of(path).skills}
    ChapterProgress.objects.create(path=path, slug="compose", done_at=timezone.now())
    known = next(one for one in chapters() if one.slug == "compose")
    QuizAnswer.objects.create(path=path, chapter="compose", question=0, choice=known.questions[0].right)
    after = {one.name: one.share for one in progress_of(path).skills}

    changed = {name for name in after if after[name] != before[name]}
    assert set(before.values()) == {0}
    assert len(changed) == 1
    assert {one.skill for one in chapters()} == set(skills())


def test_the_chapters_fill_the_hours_that_are_planned_for_learning(path: Path):
    planned = path.phases.order_by("pk")[2].planned_minutes

    assert sum(one.minutes for one in chapters()) == planned == 14 * 60


TOLD = {
    "connect": ["channel.connected"],
    "strategy": ["objective.added", "pillar.added"],
    "media": ["asset.added", "asset.described"],
    "approval": ["review.asked"],
    "slots": ["slots.added"],
    "trouble": ["practice.bad_day_ended"],
    "figures": ["result.noted"],
    "findings": ["learning.asked"],
}


@pytest.mark.parametrize("slug", TOLD)
def test_what_the_journal_tells_of_me_is_found_and_of_a_colleague_not(path: Path, bob: User, slug: str):
    chapter = next(one for one in chapters() if one.slug == slug)
    begun = begin_chapter(path, chapter)

    def told(by: User) -> None:
        for verb in TOLD[slug]:
            record(verb, workspace_id=path.workspace_id, actor_id=by.pk, actor_name=str(by))
        Entry.objects.update(at=timezone.now())

    told(bob)
    missing = look_at(begun)
    told(path.person)

    assert isinstance(missing, Message)
    assert look_at(begun) == Done(path.workspace.name)


def test_there_are_exactly_the_pictures_that_the_chapters_show():
    """`make pictures` takes them anew."""
    wanted = {f"{language}/{one.slug}.webp" for one in chapters() if one.picture for language in ("fr", "en")}
    there = {str(path.relative_to(PICTURES)) for path in PICTURES.glob("*/*")}

    assert there == wanted
    assert sum(path.stat().st_size for path in PICTURES.glob("*/*")) < 750_000


def test_a_chapter_shows_its_picture_with_words(as_alice: Client, path: Path):
    shown = as_alice.get("/path/learning/plan/").content.decode()

    assert "pictures/fr/plan" in shown
    assert f'alt="{next(one.picture.fr for one in chapters() if one.slug == "plan")}"' in shown
