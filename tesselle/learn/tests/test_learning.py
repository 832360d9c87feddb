"""Runs: what is found, what is not claimed, and that one is done once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tesselle.compose.models import Post
from tesselle.insights.evidence import FEWEST_POSTS, SHOWN
from tesselle.insights.summary import summarise
from tesselle.learn import needed, pages
from tesselle.learn.models import Finding, Run
from tesselle.learn.rows import measured_posts, posts_of
from tesselle.learn.running import finish, perform
from tesselle.learn.services import ABANDONED_AFTER, SOME_RUN_WAITS, ask, ask_where_news, give_up, take
from tesselle.learn.tests.factories import films_do_better, flat, make_world
from tesselle.learn.words import subject
from tesselle.ledger.models import Delivery
from tesselle.measure.models import Mark
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db


def learned(workspace: Workspace, by: User) -> Run:
    ask(workspace, by=by)
    run = take()
    assert run is not None
    finish(perform(run).run)
    return Run.objects.get(pk=run.pk)


def test_what_matters_much_is_found_with_its_evidence(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)

    run = learned(workspace, alice)

    film = run.findings.get(factor="format", level="film")
    assert (film.certainty, film.is_idea) == ("clear", False)
    assert 0 < film.low < film.middle < film.high
    assert film.posts + film.others == run.posts == 80


def test_a_pillar_that_does_better_is_found_by_its_name(as_alice: Client, workspace: Workspace, alice: User):
    channel = make_world(workspace, films_do_better)
    pillar = Pillar.objects.create(workspace=workspace, name="Avant / après")
    films = Delivery.objects.filter(channel=channel, body__media__0__type="video")
    twin = Post.objects.create(workspace=workspace, pillar=pillar)
    chosen = [one.pk for number, one in enumerate(films.order_by("pk")) if number % 2]
    Delivery.objects.filter(pk__in=chosen).update(post=twin)

    rows = measured_posts(workspace)
    learned(workspace, alice)

    assert {row.pillar for row in rows} == {"", "Avant / après"}
    assert subject("pillar", "Avant / après") == "Les publications du pilier «\u00a0Avant / après\u00a0»"
    assert as_alice.get(reverse("learn:findings")).status_code == 200


def test_nothing_is_added_to_what_the_statistics_say(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better, seed=2)

    run = learned(workspace, alice)

    said = summarise(posts_of(measured_posts(workspace)))
    kept = [(one.factor, one.level, one.probability) for one in run.findings.filter(is_idea=False)]
    assert kept == [(one.factor, one.level, one.probability) for one in said.findings]


@pytest.mark.thorough
def test_where_nothing_matters_nothing_is_claimed(alice: User):
    told = 0
    for seed in range(6):
        workspace = Workspace.objects.create(name=f"Rien {seed}")
        make_world(workspace, flat, seed=seed + 10)
        told += learned(workspace, alice).findings.filter(certainty="clear").exists()

    assert told <= 1  # of 100 such companies, 8 at the most (tesselle bench insights)


def test_a_channel_with_few_posts_waits(as_alice: Client, workspace: Workspace, alice: User):
    channel = make_world(workspace, films_do_better, posts=FEWEST_POSTS - 3)

    run = learned(workspace, alice)

    page = as_alice.get(reverse("learn:findings")).content.decode()
    assert run.waiting == {str(channel.pk): FEWEST_POSTS - 3}
    assert not run.findings.exists()
    assert "environ 3 publications de plus" in page


def test_a_post_whose_interactions_are_not_told_is_left_out_rather_than_zero(
    workspace: Workspace, alice: User
):
    make_world(workspace, flat, posts=20)
    Mark.objects.filter(pk__in=Mark.objects.values("pk")[:5]).update(interactions=None)

    assert learned(workspace, alice).posts == 15


def test_the_page_says_how_sure_and_never_a_word_without_its_number(
    as_alice: Client, workspace: Workspace, alice: User
):
    make_world(workspace, films_do_better)
    learned(workspace, alice)

    page = as_alice.get(reverse("learn:findings")).content.decode()

    assert "Les publications avec un film recueillent environ" in page
    assert "<strong>C’est net</strong>" in page
    assert "au moins 19 chances sur 20" in page
    assert "Dans vos données" in page
    for word in ("significatif", "prouve", "garanti", "parce que"):
        assert word not in page


def test_a_part_of_the_day_is_told_from_its_first_hour_to_the_end_of_its_last():
    with translation.override("en"):
        assert subject("hour", "18-23") == "Posts between 18 and 0 o’clock"
        assert subject("hour", "7") == "Posts between 7 and 8 o’clock"


def test_pages_and_statistics_agree_on_the_fewest_posts():
    assert pages.FEWEST_POSTS == FEWEST_POSTS
    assert set(SHOWN) == {"clear", "likely"}


def test_asked_twice_it_runs_once(workspace: Workspace, alice: User):
    assert ask(workspace, by=alice) == ask(workspace, by=alice)
    first, second = take(), take()

    assert first is not None
    assert second is None


def test_a_run_whose_process_died_is_taken_by_another(workspace: Workspace, alice: User):
    ask(workspace, by=alice)
    run = take()
    Run.objects.filter(pk=run.pk).update(began_at=timezone.now() - ABANDONED_AFTER - timedelta(seconds=1))

    assert take() == run


def test_a_run_whose_process_was_ended_by_a_restart_is_taken_at_once(workspace: Workspace, alice: User):
    ask(workspace, by=alice)
    run = take()

    assert take() is None, "while its process is there it is nobody else's"
    with connection.cursor() as cursor:
        cursor.execute(SOME_RUN_WAITS)
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT pg_advisory_unlock_all()")  # as the end of its session does
        cursor.execute(SOME_RUN_WAITS)
        assert cursor.fetchone() == (True,)
    assert take() == run


def test_what_was_known_stays_after_a_failure(as_alice: Client, workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    learned(workspace, alice)
    ask(workspace, by=alice)
    run = take()
    assert run is not None
    give_up(run)

    page = as_alice.get(reverse("learn:findings")).content.decode()

    assert "Le calcul n’a pas abouti" in page
    assert "Les publications avec un film" in page


def test_nothing_of_a_run_is_shown_before_what_follows_from_it_is_kept_too(
    as_alice: Client, workspace: Workspace, alice: User
):
    make_world(workspace, films_do_better)
    ask(workspace, by=alice)
    run = take()
    assert run is not None
    perform(run)
    under_way = as_alice.get(reverse("learn:findings")).content.decode()
    finish(run)

    assert "data-finding" not in under_way
    assert "<progress" in under_way
    assert "data-finding" in as_alice.get(reverse("learn:findings")).content.decode()


def test_a_run_whose_process_was_lost_finds_nothing_twice(workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    run = perform(ask(workspace, by=alice)).run
    once = run.findings.count()
    perform(run)

    assert run.findings.count() == once > 0


def test_at_night_only_who_has_new_posts_is_asked_for(workspace: Workspace, alice: User):
    make_world(workspace, flat, posts=20)
    first = ask_where_news()
    run = take()
    assert run is not None
    finish(perform(run).run)

    assert (first, ask_where_news()) == (1, 0)


def test_the_button_asks_and_shows_that_it_is_under_way(as_alice: Client, workspace: Workspace):
    page = as_alice.post(reverse("learn:run"), headers={"HX-Request": "true"}).content.decode()

    assert Run.objects.filter(workspace=workspace, state="asked").exists()
    assert "<progress" in page
    assert 'hx-trigger="every 2s"' in page


def test_a_viewer_reads_and_does_not_ask(client: Client, chloe: User):
    client.force_login(chloe)

    assert client.get(reverse("learn:findings")).status_code == 200
    assert client.post(reverse("learn:run")).status_code == 403


def test_a_stranger_sees_nothing_of_ours(client: Client, mallory: User, workspace: Workspace, alice: User):
    make_world(workspace, films_do_better)
    learned(workspace, alice)
    client.force_login(mallory)

    page = client.get(reverse("learn:findings")).content.decode()

    assert "data-finding" not in page


@pytest.mark.parametrize(("low", "middle", "high"), [(-0.1, 0.3, 0.9), (-0.5, -0.3, 0.05)])
def test_a_wider_doubt_needs_more_posts(low, middle, high):
    narrow = Finding(posts=20, low=low, middle=middle, high=high)
    wide = Finding(posts=20, low=(1 + low) * 0.8 - 1, middle=middle, high=(1 + high) * 1.25 - 1)

    few, many = needed.more_posts(narrow), needed.more_posts(wide)
    assert few is not None
    assert many is not None
    assert 0 < few < many


def test_what_is_too_small_to_matter_never_becomes_known():
    assert needed.more_posts(Finding(posts=20, low=-0.2, middle=0.04, high=0.3)) is None


def test_a_double_shows_sooner_than_a_half_more():
    assert needed.posts_to_see(1.0) < needed.posts_to_see(0.5) < needed.posts_to_see(0.2)


def test_a_channel_where_hardly_anybody_reacts_is_told_so(
    as_alice: Client, workspace: Workspace, alice: User
):
    make_world(workspace, lambda _content, _chance: 1.0, 40)
    finish(perform(ask(workspace, by=alice)).run)

    page = as_alice.get(reverse("learn:findings")).content.decode()
    assert "carreaux1" in page and ("fewer than three" in page or "moins de trois" in page)


def test_what_makes_no_difference_is_told_on_request_and_not_as_a_finding(
    as_alice: Client, workspace: Workspace
):
    run = Run.objects.create(workspace=workspace, state=Run.State.DONE, posts=90, instant=workspace.now(),
                             first_day=workspace.now().date(), last_day=workspace.now().date())  # fmt: skip
    Finding.objects.create(
        run=run, place=0, factor="format", level="film", certainty="no_difference", probability=0.2, low=-0.05,
        middle=0.0, high=0.06, posts=40, others=40, is_idea=True,
    )  # fmt: skip

    page = as_alice.get(reverse("learn:findings")).content.decode()

    told, _, on_request = page.partition('<details id="findings-settled"')
    assert "<summary>" in on_request and "data-finding" in on_request
    assert "data-finding" not in told
