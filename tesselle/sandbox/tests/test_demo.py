"""The demo company is complete, is made once, and exists nowhere else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Variant
from tesselle.journal.models import Entry
from tesselle.learn.models import Run
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.library.models import Asset
from tesselle.links.models import Link
from tesselle.measure.models import Mark, Peer, Snapshot
from tesselle.measure.spending.selectors import accounts
from tesselle.networks import slugs
from tesselle.plan.rhythm.evergreens import next_time, rested
from tesselle.review.models import Comment
from tesselle.review.standing import Standing, standings
from tesselle.sandbox import company, demo
from tesselle.sandbox.company.posts import company_posts, typeset
from tesselle.sandbox.models import ScenarioRun, ShelfItem
from tesselle.workspaces.models import Member, Role, User, Workspace


@pytest.fixture
def folder(tmp_path: Path, settings: Any, transactional_db: None) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield tmp_path


@pytest.mark.thorough
def test_a_month_is_lived_through_for_real_and_only_once(folder: Path, monkeypatch: pytest.MonkeyPatch):
    workspace = demo.build(*demo.login(folder))

    states = dict(Delivery.objects.values_list("state").annotate(Count("id")))
    past = sum(states.values()) - states["planned"]
    assert set(Channel.objects.values_list("network", flat=True)) == set(slugs())
    assert set(states) <= {"live", "sent", "planned", "unknown"}
    assert states["unknown"] == 1
    assert states["planned"] >= 8
    assert past >= 25
    assert Attempt.objects.filter(state="accepted").count() >= past
    assert Step.objects.exclude(remote=None).count() >= past
    assert Post.objects.filter(deliveries=None).count() == 1
    assert Variant.objects.filter(tailored=True).exists()
    assert all((folder / "media" / str(asset.file.name)).stat().st_size for asset in Asset.objects.all())
    assert all(asset.alt for asset in Asset.objects.all())
    assert Snapshot.objects.filter(series__delivery__isnull=False).count() > past
    # Figures at seven days, and the statistics asked for: there is something to look at from the start.
    assert Mark.objects.filter(age_days=7, interactions__isnull=False).count() >= 20
    assert Run.objects.filter(workspace=workspace, state="asked").exists()
    _others_work_there_too(workspace)
    late = [
        (d.pk, d.live_at, d.due_at)
        for d in Delivery.objects.exclude(live_at=None)
        # Some networks work on a picture for a minute or two before they show the post.
        if d.live_at and abs(d.live_at - d.due_at).total_seconds() > 300
    ]
    assert late == []
    assert workspace.clock_shift.total_seconds() == 0
    assert [attempt for attempt in Attempt.objects.select_related("delivery") if _told_late(attempt)] == []
    assert Entry.objects.filter(verb="delivery.live").latest("id").at < timezone.now() - timedelta(hours=1)

    before = (Delivery.objects.count(), Post.objects.count(), ShelfItem.objects.count())
    assert demo.build(*demo.login(folder)) == workspace
    assert before == (Delivery.objects.count(), Post.objects.count(), ShelfItem.objects.count())

    ShelfItem.objects.filter(table=demo.MARK).update(value={"complete": False})
    anew = Workspace(name="made anew")
    monkeypatch.setattr(demo, "_made", lambda person: anew)
    assert demo.build(*demo.login(folder)) is anew
    assert not Workspace.objects.exists()


def _others_work_there_too(workspace: Workspace) -> None:
    """What each page of theirs shows: asked as the pages ask."""
    waiting, changed = (standing_of(workspace, words) for words in ("salle d’eau", "du 24 au 5"))
    assert (waiting.state, [len(stage.voices) for stage in waiting.rules[0].progress.stages]) == (
        "in_review",
        [1, 0],
    )
    assert (changed.state, changed.was_approved) == ("in_review", True)
    pinned = Comment.objects.filter(post__workspace=workspace)
    shown = [one.current.shared_content.text for one in Post.objects.select_related("current") if one.current]
    assert [one for one in pinned if one.passage and not any(one.passage in text for text in shown)] == []
    assert {bool(one.passage) for one in pinned} == {True, False}
    first, *_ = rested(workspace)
    assert first.is_due
    assert next_time(first)
    costs = accounts(workspace, workspace.today() - timedelta(days=89), workspace.today())
    assert not costs.all_spent.is_nothing
    assert all(peer.figures.count() >= 3 for peer in Peer.objects.filter(workspace=workspace))
    followed = Link.objects.filter(post__deliveries__state="live", days__visits__gt=0)
    assert followed.distinct().count() == 2
    document = Asset.objects.get(workspace=workspace, kind=Asset.Kind.DOCUMENT)
    assert document.pages == 4


def standing_of(workspace: Workspace, words: str) -> Standing:
    post = Post.objects.select_related("current").get(workspace=workspace, name__contains=words)
    return standings([post])[post.pk]


def _told_late(attempt: Attempt) -> bool:
    """Its story says that it was made at another time than its post went out."""
    assert attempt.ended_at is not None
    return abs(attempt.ended_at - attempt.delivery.due_at) > timedelta(minutes=1)


def test_the_password_is_made_once_and_readable_for_nobody_else(tmp_path: Path):
    email, password = demo.login(tmp_path)

    assert demo.login(tmp_path) == (email, password)
    assert len(password) >= 16
    assert (tmp_path / demo.PASSWORD_FILE).stat().st_mode & 0o077 == 0


def test_somebody_with_workspaces_of_her_own_keeps_her_password(alice: User):
    alice.set_password("mon propre mot de passe")
    alice.save()

    demo._person(alice.email, "another-password")

    alice.refresh_from_db()
    assert alice.check_password("mon propre mot de passe")


def test_the_password_that_is_told_opens_the_demo_also_while_a_scenario_is_played(db: None):
    person = demo._person("camille@exemple.example", "the-first-one")
    played = Workspace.objects.create(name="Exemple", world_kind=Workspace.WorldKind.PRACTICE)
    Member.objects.create(workspace=played, user=person, role=Role.OWNER)
    now = timezone.now()
    ScenarioRun.objects.create(
        workspace=played, scenario="week", begins_at=now, ends_at=now + timedelta(days=7), best=0
    )

    assert demo._person(person.email, "another-one").check_password("another-one")


def test_nothing_that_the_company_writes_or_is_called_leads_anywhere_real():
    words = "".join(file.read_text() for file in Path(company.__file__).parent.glob("*.toml"))
    names = f"{demo.EMAIL} {words}"

    assert "exemple" in company.COMPANY
    assert "exemple" in demo.PERSON
    assert re.findall(r"https?://|www\.|\+41|\b0\d\d \d{3}", words) == []
    assert set(re.findall(r"\b[\w-]+\.(?:ch|com|fr|org|net)\b", names)) == set()


def test_every_post_has_french_spaces_and_every_picture_words_for_who_cannot_see_it():
    posts = company_posts()

    assert len(posts) >= 25
    assert all(post.alt for post in posts if post.picture)
    assert len({post.picture for post in posts if post.picture}) == sum(
        post.picture is not None for post in posts
    )
    assert [
        post.text for post in posts if re.search(r" [:;?!»]|« |'", post.text + post.short + post.title)
    ] == []
    assert typeset("l'eau : « oui » !") == "l’eau\u00a0: «\u00a0oui\u00a0»\u202f!"
