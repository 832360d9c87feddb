"""What is made of pictures, looked at by its pixels; the pictures themselves stay as they are."""

from collections.abc import Callable

import pytest
import pyvips
from django.test import Client

from tesselle.library import storage
from tesselle.library.models import Asset, Brand, Rendition
from tesselle.library.services import add_upload
from tesselle.library.services.branding import take_as_logo
from tesselle.library.services.makers import before_and_after
from tesselle.library.tests.films import plain_film
from tesselle.library.tests.pictures import upload
from tesselle.workspaces.models import User, Workspace

RED, BLUE, GREEN = (230, 20, 20), (20, 20, 230), (20, 200, 20)
Colour = tuple[int, int, int]
Add = Callable[..., Asset]


def painted(colour: Colour, width: int = 800, height: int = 600, *, left: Colour | None = None) -> bytes:
    image = pyvips.Image.black(width, height, bands=3).linear([1, 1, 1], list(colour)).cast("uchar")
    if left is not None:
        image = image.draw_rect(list(left), 0, 0, width // 4, height, fill=True)
    data: bytes = image.copy(interpretation="srgb").pngsave_buffer()
    return data


@pytest.fixture
def add(workspace: Workspace) -> Add:
    def added(data: bytes, name: str = "a.png") -> Asset:
        return add_upload(workspace=workspace, file=upload(data, name), by=None)

    return added


@pytest.fixture
def two(add: Add) -> tuple[Asset, Asset]:
    return add(painted(RED), "avant.png"), add(painted(BLUE), "après.png")


def pixel(asset: Asset, x: float, y: float) -> list[float]:
    image = pyvips.Image.new_from_file(str(storage.current().local(asset.path)))
    found: list[float] = image.getpoint(int(x * (image.width - 1)), int(y * (image.height - 1)))[:3]
    return found


def near(colour: Colour) -> object:
    return pytest.approx(list(colour), abs=12)


@pytest.mark.parametrize(
    ("how", "before", "after", "white"),
    [
        ("beside", (0.1, 0.5), (0.9, 0.5), (0.5, 0.5)),
        ("above", (0.5, 0.1), (0.5, 0.9), (0.5, 0.5)),
        ("slider", (0.1, 0.9), (0.9, 0.1), (0.5, 0.02)),
    ],
)
def test_before_and_after_stand_where_they_were_asked_to(
    as_alice: Client,
    two: tuple[Asset, Asset],
    how: str,
    before: tuple[float, float],
    after: tuple[float, float],
    white: tuple[float, float],
) -> None:
    ticked = as_alice.post("/media/chosen", {"asset": [one.pk for one in two], "make": "pair"})
    answer = as_alice.post(ticked.headers["Location"], {"how": how, "shape": "square"})

    made = Asset.objects.exclude(pk__in=[one.pk for one in two]).get()
    assert answer.headers["Location"] == f"/media/{made.pk}"
    assert (made.width_px, made.height_px) == (1080, 1080)
    assert pixel(made, *before) == near(RED)
    assert pixel(made, *after) == near(BLUE)
    assert pixel(made, *white) == near((255, 255, 255))
    assert set(made.made_of.all()) == set(two)


def test_swapped_the_second_one_is_before(as_alice: Client, two: tuple[Asset, Asset]) -> None:
    address = f"/media/pair?asset={two[0].pk}&asset={two[1].pk}"
    as_alice.post(address, {"how": "beside", "shape": "square", "swapped": "on"})

    made = Asset.objects.exclude(pk__in=[one.pk for one in two]).get()
    assert pixel(made, 0.1, 0.5) == near(BLUE)


def test_the_short_film_is_asked_for_and_its_page_says_how_far_it_is(
    as_alice: Client, two: tuple[Asset, Asset]
) -> None:
    """Nothing is coded within the request: that takes twenty seconds on a busy machine."""
    address = f"/media/pair?asset={two[0].pk}&asset={two[1].pk}"
    answer = as_alice.post(address, {"how": "film", "shape": "square"})

    film = Asset.objects.get(kind="video")
    assert answer.headers["Location"] == f"/media/{film.pk}"
    assert (film.state, film.width_px, film.height_px, film.seconds) == ("preparing", 1080, 1080, 6)
    assert not storage.current().exists(film.path)
    assert set(film.made_of.all()) == set(two)
    page = as_alice.get(f"/media/{film.pk}").content.decode()
    assert f'hx-get="/media/{film.pk}/state?alone"' in page and "<progress" in page and "<video" not in page


def test_asked_for_twice_the_film_is_made_once(two: tuple[Asset, Asset], alice: User) -> None:
    films = {before_and_after(*two, how="film", shape="square", by=alice).pk for _ in range(2)}
    other = before_and_after(*reversed(two), how="film", shape="square", by=alice)

    assert len(films) == 1 and other.pk not in films
    assert Rendition.objects.count() == 2


def test_the_film_appears_on_its_page_by_itself(
    as_alice: Client, two: tuple[Asset, Asset], alice: User
) -> None:
    film = before_and_after(*two, how="film", shape="square", by=alice)
    Asset.objects.filter(pk=film.pk).update(state="ready", progress=100)

    told = as_alice.get(f"/media/{film.pk}/state?alone").content.decode()

    assert '<div id="media-film" hx-swap-oob="true"><video' in told and "hx-get" not in told


def test_a_film_that_could_not_be_made_says_why_and_is_asked_for_again_in_one_press(
    as_alice: Client, client: Client, chloe: User, two: tuple[Asset, Asset], alice: User
) -> None:
    film = before_and_after(*two, how="film", shape="square", by=alice)
    Asset.objects.filter(pk=film.pk).update(state="failed", trouble="not_made", progress=40)
    Rendition.objects.filter(asset=film).update(state="failed", tries=4)
    page = as_alice.get(f"/media/{film.pk}").content.decode()
    assert "n’a pas pu être créé" in page and f'action="/media/{film.pk}/again"' in page

    as_alice.post(f"/media/{film.pk}/again")

    film.refresh_from_db()
    job = Rendition.objects.get(asset=film)
    assert (film.state, film.progress, job.state, job.tries) == ("preparing", 0, "waiting", 0)
    client.force_login(chloe)
    assert client.post(f"/media/{film.pk}/again").status_code == 403


def test_who_is_on_one_of_the_two_is_on_the_film(two: tuple[Asset, Asset], alice: User) -> None:
    Asset.objects.filter(pk=two[1].pk).update(recognisable=True)
    two[1].refresh_from_db()

    assert before_and_after(*two, how="film", shape="square", by=alice).recognisable


def test_a_film_or_three_pictures_are_no_pair(as_alice: Client, two: tuple[Asset, Asset], add: Add) -> None:
    film, third = add(plain_film(), "clip.mp4"), add(painted(GREEN))
    mixed = f"/media/pair?asset={two[0].pk}&asset={film.pk}"
    three = f"/media/pair?asset={two[0].pk}&asset={two[1].pk}&asset={third.pk}"
    before = Asset.objects.count()

    for address in (mixed, three):
        assert as_alice.post(address, {"how": "beside", "shape": "square"}).status_code == 422
    assert Asset.objects.count() == before


def logo_with_clear_ground() -> bytes:
    image = pyvips.Image.black(200, 100, bands=4).cast("uchar").copy(interpretation="srgb")
    data: bytes = image.draw_rect([*GREEN, 255], 100, 0, 100, 100, fill=True).pngsave_buffer()
    return data


def test_the_logo_lies_in_its_corner_and_the_picture_stays(
    as_alice: Client, two: tuple[Asset, Asset], add: Add, alice: User
) -> None:
    picture = two[0]
    assert as_alice.get(f"/media/{picture.pk}/with-logo").status_code == 200  # says how one is chosen
    logo = add(logo_with_clear_ground(), "logo.png")
    as_alice.post(f"/media/{logo.pk}/logo")

    said = {"corner": "bottom-right", "share": "20", "opacity": "50"}
    as_alice.post(f"/media/{picture.pk}/with-logo", said)

    made = picture.became.get()
    assert pixel(made, 0.93, 0.92) == near((125, 110, 20))  # half green, half red
    assert pixel(made, 0.80, 0.92) == near(RED)  # the clear half hides nothing
    assert pixel(made, 0.1, 0.1) == near(RED)
    assert pixel(picture, 0.93, 0.92) == near(RED)
    brand = Brand.objects.get()
    assert (brand.logo, brand.corner, brand.share, brand.opacity) == (logo, "bottom-right", 20, 50)


def test_no_logo_goes_on_by_itself(add: Add, alice: User) -> None:
    take_as_logo(add(logo_with_clear_ground(), "logo.png"), by=alice)

    assert pixel(add(painted(RED)), 0.93, 0.92) == near(RED)


def test_a_crop_keeps_what_was_said_to_stay(as_alice: Client, add: Add) -> None:
    picture = add(painted(BLUE, 1600, 900, left=GREEN))
    page = as_alice.post(f"/media/{picture.pk}/crop", {"focal_x": "0", "focal_y": "50", "shape": ""})
    assert 'viewBox="0 0 900 900"' in page.content.decode()

    as_alice.post(f"/media/{picture.pk}/crop", {"focal_x": "0", "focal_y": "50", "shape": "square"})
    as_alice.post(f"/media/{picture.pk}/crop", {"focal_x": "100", "focal_y": "50", "shape": "square"})

    left, right = picture.became.order_by("pk")
    assert (left.width_px, left.height_px) == (900, 900) == (right.width_px, right.height_px)
    assert pixel(left, 0.1, 0.5) == near(GREEN) and pixel(right, 0.1, 0.5) == near(BLUE)


def test_mallory_makes_nothing_of_ours(client: Client, mallory: User, two: tuple[Asset, Asset]) -> None:
    client.force_login(mallory)

    for address in (f"/media/pair?asset={two[0].pk}&asset={two[1].pk}", f"/media/{two[0].pk}/crop",
                    f"/media/{two[0].pk}/with-logo", f"/media/{two[0].pk}/logo"):  # fmt: skip
        assert client.post(address).status_code == 404
