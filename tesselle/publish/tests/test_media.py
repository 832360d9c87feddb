"""A post goes out with the files that its network takes, and not before they are there."""

import asyncio
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tesselle.domain.limits import Limits
from tesselle.journal.models import Entry
from tesselle.ledger.hot.pool import open_pool
from tesselle.library import storage
from tesselle.library.making import make_one
from tesselle.library.models import Asset, Rendition
from tesselle.library.services import add_upload
from tesselle.library.services.consenting import Agreed, add_to, note_consent, withdraw
from tesselle.library.tests import films
from tesselle.library.tests.pictures import heic, noise, upload
from tesselle.networks import plugin, slugs
from tesselle.ops.commands.networks import plain_account
from tesselle.publish.media import MediaRound
from tesselle.publish.tests.stage import PublishStage, database_url
from tesselle.publish.worker import PublishingWorker
from tesselle.workspaces.models import User


@pytest.fixture(autouse=True)
def media_folder(stage: PublishStage, settings: Settings) -> Path:
    settings.MEDIA_ROOT = stage.media_folder
    return stage.media_folder


def added(stage: PublishStage, data: bytes, name: str) -> Asset:
    return add_upload(workspace=stage.workspace, file=upload(data, name), by=None, alt="Un sol")


def make_waiting(*, lease_s: float = 30.0) -> int:
    """Make all that waits, as a worker would; returns how many."""

    async def all_of_it() -> int:
        db = await open_pool(database_url())
        try:
            count = 0
            while await make_one(db, storage.current(), lease_s=lease_s):
                count += 1
            return count
        finally:
            await db.close()

    connection.close()
    return asyncio.run(all_of_it())


@pytest.mark.thorough
def test_a_phone_film_becomes_upright_plain_and_ready_with_a_poster(
    stage: PublishStage, media_folder: Path
) -> None:
    film = added(stage, films.phone_film(), "clip.mov")

    assert make_waiting() == 1

    film.refresh_from_db()
    assert (film.state, film.progress, film.mime, film.codec) == ("ready", 100, "video/mp4", "h264")
    assert (film.width_px, film.height_px) == (360, 640)
    assert film.size_bytes == (media_folder / film.path).stat().st_size
    assert len(list(media_folder.rglob("*.poster.jpg"))) == len(list(media_folder.rglob("*.thumb.jpg"))) == 1
    assert Entry.objects.filter(verb="asset.prepared", subject_id=film.pk).exists()
    assert not list(media_folder.glob(".upload-*"))


def test_a_film_that_cannot_be_prepared_says_why_and_is_not_tried_for_ever(stage: PublishStage) -> None:
    film = added(stage, films.phone_film(), "clip.mov")
    storage.current().delete(film.original)

    make_waiting()

    film.refresh_from_db()
    assert film.state == "failed"
    assert "clip.mov" in str(film.trouble_message)
    assert make_waiting() == 0


def test_who_died_over_a_film_is_followed_by_the_next_worker(stage: PublishStage) -> None:
    """`kill -9` in the middle: the row says working, and its lease runs out."""
    film = added(stage, films.plain_film(), "clip.mp4")
    row = Rendition.objects.get(asset=film)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE library_rendition SET state = 'working', tries = 1, token = gen_random_uuid(),"
            " lease_until = now() + interval '1 hour'"
        )
    assert make_waiting() == 0

    with connection.cursor() as cursor:
        cursor.execute("UPDATE library_rendition SET lease_until = now() - interval '1 second'")
    assert make_waiting() == 1

    row.refresh_from_db()
    assert (row.state, row.tries) == ("ready", 2)


def test_a_file_that_ends_its_worker_each_time_is_given_up(stage: PublishStage) -> None:
    film = added(stage, films.plain_film(), "clip.mp4")
    Rendition.objects.update(tries=3)

    make_waiting()

    film.refresh_from_db()
    assert (film.state, film.trouble) == ("failed", "interrupted")


def test_a_worker_that_stops_hands_its_film_back_at_once(stage: PublishStage) -> None:
    added(stage, films.phone_film(seconds=4, size="640x360"), "clip.mov")

    async def stop_in_the_middle() -> None:
        db = await open_pool(database_url())
        task = asyncio.create_task(make_one(db, storage.current()))
        while not await db.fetchval("SELECT true FROM library_rendition WHERE state = 'working'"):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await db.close()

    connection.close()
    asyncio.run(stop_in_the_middle())

    row = Rendition.objects.get()
    assert (row.state, row.tries, row.token) == ("waiting", 0, None)


def test_two_workers_make_one_file_once(stage: PublishStage) -> None:
    added(stage, films.plain_film(), "clip.mp4")

    async def race() -> list[bool]:
        db = await open_pool(database_url())
        try:
            return list(await asyncio.gather(*(make_one(db, storage.current()) for _ in range(4))))
        finally:
            await db.close()

    connection.close()
    assert sorted(asyncio.run(race())) == [False, False, False, True]


@pytest.mark.thorough
def test_a_planned_film_waits_for_its_preparation_and_then_goes_out(stage: PublishStage) -> None:
    channel = stage.channel("bluesky")
    film = added(stage, films.phone_film(), "clip.mov")
    delivery = stage.planned("La pose", channel, media=(film.as_media(),))

    waiting = stage.run_until_state(delivery, "waiting")
    assert waiting.reason == "media"
    assert "clip.mov" in waiting.note["sentence"] % waiting.note["params"]
    assert stage.copies("bluesky", "La pose") == []

    make_waiting()
    assert stage.run_until_state(delivery, "live").remote
    assert len(stage.copies("bluesky", "La pose")) == 1


def test_a_film_that_failed_refuses_the_post_with_the_reason(stage: PublishStage) -> None:
    channel = stage.channel("bluesky")
    film = added(stage, films.phone_film(), "clip.mov")
    delivery = stage.planned("La pose", channel, media=(film.as_media(),))
    storage.current().delete(film.original)
    make_waiting()

    refused = stage.run_until_state(delivery, "refused")

    assert refused.reason == "media"
    assert refused.note["params"] == {"name": "clip.mov"}


def test_a_picture_too_heavy_for_a_network_goes_out_as_one_that_fits(stage: PublishStage) -> None:
    channel = stage.channel("bluesky")
    photo = added(stage, noise(2400, 2400), "sol.jpg")
    assert photo.size_bytes > 2_000_000
    delivery = stage.planned("Un sol", channel, media=(photo.as_media(),))

    stage.run_until_state(delivery, "live")

    (copy,) = stage.copies("bluesky", "Un sol")
    made = Rendition.objects.get(asset=photo)
    assert made.state == "ready"
    assert 500_000 < made.size_bytes <= 2_000_000
    assert storage.current().exists(made.file)
    assert copy.media


def limits_on(slug: str) -> Limits:
    network = plugin(slug)
    limits: Limits = network.connector.limits(plain_account(network, network.card.account_kinds[0].slug))
    return limits


def takes(slug: str, kind: str) -> bool:
    limits = limits_on(slug)
    return (limits.max_videos if kind == "video" else limits.max_images) > 0


AMONG_THE_QUICK = {"wordpress"}
"""Making files for all takes minutes."""


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param(slug, marks=() if slug in AMONG_THE_QUICK else pytest.mark.thorough)
        for slug in slugs()
        if takes(slug, "image")
    ],
)
def test_what_a_phone_makes_goes_out_on_every_network_untouched(stage: PublishStage, slug: str) -> None:
    """A heavy photo and an HDR film lying on its side, one post each, nothing done by hand; in one post
    where a picture goes out beside a film only."""
    channel, limits = stage.channel(slug), limits_on(slug)
    taken = [
        added(stage, noise(2600, 3400), "sol.jpg"),
        added(stage, films.phone_film(seconds=5), "clip.mov"),
    ]
    make_waiting()
    for asset in taken:
        asset.refresh_from_db()
    posts = [[one] for one in taken if takes(slug, one.kind)]
    for assets in [taken] if "video" in limits.needs else posts:
        text = f"Voir {assets[0].kind}"
        title = text if limits.title is not None and limits.title.minimum else ""
        media = tuple(asset.as_media() for asset in assets)
        delivery = stage.planned(text, channel, title=title, media=media)

        stage.run_until_state(delivery, "live", "sent")

        (copy,) = stage.copies(slug, text)
        assert len(copy.media) == len(assets)


def test_planning_asks_for_the_files_ahead(stage: PublishStage) -> None:
    channel = stage.channel("bluesky")
    photo = added(stage, noise(2400, 2400), "sol.jpg")
    stage.planned("Un sol", channel, media=(photo.as_media(),))

    assert Rendition.objects.get(asset=photo).state == "waiting"
    assert make_waiting() == 1
    assert Rendition.objects.get(asset=photo).state == "ready"


@pytest.mark.thorough
def test_a_rendition_that_was_lost_is_made_anew(stage: PublishStage) -> None:
    channel = stage.channel("bluesky")
    photo = added(stage, noise(2400, 2400), "sol.jpg")
    delivery = stage.planned("Un sol", channel, media=(photo.as_media(),))
    make_waiting()
    storage.current().delete(Rendition.objects.get(asset=photo).file)

    stage.run_until_state(delivery, "live")

    assert storage.current().exists(Rendition.objects.get(asset=photo).file)


def test_two_heic_photos_from_a_phone_go_out_with_their_words(stage: PublishStage) -> None:
    channel = stage.channel("bluesky")
    photos = [added(stage, heic(60 + 20 * number, 40), f"IMG_{number}.HEIC") for number in range(2)]
    delivery = stage.planned("Un sol", channel, media=tuple(photo.as_media() for photo in photos))

    stage.run_until_state(delivery, "live")

    (copy,) = stage.copies("bluesky", "Un sol")
    assert len(copy.media) == 2


class WithMedia(PublishStage):
    """Whose workers prepare media too, as those of `tesselle up` do."""

    def worker(self) -> PublishingWorker:
        worker = super().worker()
        worker._beside = (MediaRound(),)
        return worker


def test_the_round_beside_publishing_prepares_while_the_worker_runs(stage: PublishStage) -> None:
    film = added(stage, films.plain_film(), "clip.mp4")

    WithMedia(stage.workspace, stage.media_folder).run_until(
        lambda: Asset.objects.get(pk=film.pk).state == "ready"
    )


def test_a_consent_withdrawn_after_planning_stops_the_post_at_its_hour(stage: PublishStage) -> None:
    channel = stage.channel("bluesky")
    photo = added(stage, heic(800, 600), "bain.heic")
    by = User.objects.create_user("inge@example.org")
    consent = note_consent(
        stage.workspace,
        Agreed(who="Famille Rochat", concerns="home", agreed="Tout", given_on=stage.workspace.today()),
        by=by,
    )
    add_to(consent, [photo], by=by)
    held = stage.planned("Un bain", channel, media=(photo.as_media(),))
    withdraw(consent, by=by)

    refused = stage.run_until_state(held, "refused")

    assert refused.reason == "consent_withdrawn"
    assert refused.note["params"] == {"who": "Famille Rochat"}
    assert stage.copies("bluesky", "Un bain") == []
