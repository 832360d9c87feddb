"""Before and after as a film: made beside publishing, of two pictures that may be gone by then."""

from pathlib import Path

import av
import pytest
import pyvips
from django.db import connection
from pytest_django import Settings

from tesselle.library import storage
from tesselle.library.models import Asset, Rendition
from tesselle.library.services import add_upload
from tesselle.library.services.makers import before_and_after
from tesselle.library.tests.pictures import upload
from tesselle.publish.tests.stage import PublishStage
from tesselle.publish.tests.test_media import WithMedia, make_waiting
from tesselle.workspaces.models import User

RED, BLUE = (230, 20, 20), (20, 20, 230)


@pytest.fixture(autouse=True)
def media_folder(stage: PublishStage, settings: Settings) -> Path:
    settings.MEDIA_ROOT = stage.media_folder
    return stage.media_folder


@pytest.fixture
def two(stage: PublishStage) -> tuple[Asset, Asset]:
    return painted(stage, RED, "avant.png"), painted(stage, BLUE, "après.png")


@pytest.fixture
def film(two: tuple[Asset, Asset]) -> Asset:
    by = User.objects.create_user("inge@example.org")
    return before_and_after(*two, how="film", shape="square", by=by)


def painted(stage: PublishStage, colour: tuple[int, int, int], name: str) -> Asset:
    image = pyvips.Image.black(800, 600, bands=3).linear([1, 1, 1], list(colour)).cast("uchar")
    data = image.copy(interpretation="srgb").pngsave_buffer()
    return add_upload(workspace=stage.workspace, file=upload(data, name), by=None)


def shade_at(path: Path, seconds: float, x: int, y: int) -> tuple[int, ...]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= seconds:
                return tuple(frame.to_ndarray(format="rgb24")[y, x])
    raise AssertionError("the film is shorter")


@pytest.mark.thorough
def test_it_wipes_from_the_first_to_the_second(film: Asset) -> None:
    assert make_waiting() == 1

    film.refresh_from_db()
    assert (film.state, film.progress, film.codec) == ("ready", 100, "h264")
    assert (film.width_px, film.height_px) == (1080, 1080)
    assert film.seconds == pytest.approx(6, abs=0.1)
    path = storage.current().local(film.path)
    assert shade_at(path, 0.5, 900, 500)[0] > 180  # red
    left, right = shade_at(path, 2.5, 100, 500), shade_at(path, 2.5, 1000, 500)
    assert left[2] > 180 and right[0] > 180  # blue comes from the left
    assert shade_at(path, 5.0, 900, 500)[2] > 180
    stills = {one.name.split(".", 1)[1] for one in path.parent.glob(f"{film.sha256}*.jpg")}
    assert stills == {"poster.jpg", "thumb.jpg"}


@pytest.mark.thorough
def test_a_worker_that_died_over_it_is_followed_by_the_next(film: Asset, stage: PublishStage) -> None:
    """`kill -9` in the middle, then a restart: what it is made of is in the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE library_rendition SET state = 'working', tries = 1, token = gen_random_uuid(),"
            " lease_until = now() - interval '1 second'"
        )

    WithMedia(stage.workspace, stage.media_folder).run_until(
        lambda: Asset.objects.get(pk=film.pk).state == "ready"
    )

    assert storage.current().exists(film.path)


def test_a_picture_that_is_gone_is_said(film: Asset, two: tuple[Asset, Asset]) -> None:
    storage.current().delete(two[1].path)

    make_waiting()

    film.refresh_from_db()
    assert (film.state, film.trouble, film.may_be_tried_again) == ("failed", "picture_gone", False)


def test_what_ends_its_worker_each_time_is_given_up_until_somebody_asks_again(film: Asset) -> None:
    Rendition.objects.update(tries=3)

    make_waiting()

    film.refresh_from_db()
    assert (film.state, film.trouble, film.may_be_tried_again) == ("failed", "not_made", True)
    by = User.objects.get()
    again = before_and_after(*film.made_of.order_by("pk"), how="film", shape="square", by=by)
    assert (again.pk, again.state) == (film.pk, "preparing")
