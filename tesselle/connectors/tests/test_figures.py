"""What an installation says instead of a network's card."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tesselle import networks
from tesselle.connectors import figures
from tesselle.connectors.costs import bill_for
from tesselle.domain.content import Content


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    networks.use_figures({})


def test_what_was_granted_and_what_is_billed_goes_before_the_card():
    networks.use_figures(figures.read(" youtube.units=50000, x.comment = 0.005,x.answer_with_link=0.01,"))

    film, post = networks.card("youtube").budgets[0], networks.card("x")
    assert (film.calls, film.scope, film.units["post"]) == (50_000, "app", 160)
    assert post.comment_cost is not None and post.comment_cost.amount == Decimal("0.005")
    answer = bill_for(post, ("answer",), Content("https://a.example"))
    assert answer is not None and answer.amount == Decimal("0.010")
    assert networks.plugin("x").card is post


def test_what_is_not_said_stays_as_the_card_has_it():
    before = networks.card("x")
    networks.use_figures(figures.read("x.comment=0.005"))

    assert networks.card("x").costs == before.costs and networks.card("youtube").budgets[0].calls == 8_000


def test_what_a_network_granted_is_asked_for_from_then_on():
    networks.use_figures(figures.read("instagram.place_search=1"))
    assert networks.card("instagram").granted == {"place_search"}

    networks.use_figures(figures.read("instagram.place_search=0"))
    assert networks.card("instagram").granted == set()


@pytest.mark.parametrize(
    "text", ["youtube", "youtube=3", "youtube.calls=", "youtube.calls=many", "x.comment=-1", "x.comment=NaN"]
)
def test_what_cannot_be_read_is_named(text: str):
    with pytest.raises(ValueError, match=text.split("=")[0]):
        figures.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "nowhere.calls=3",
        "youtube.comment=1",
        "x.calls=3",
        "x.films=1",
        "x.place_search=1",
        "instagram.place_search=2",
        "youtube.units=0",
        "youtube.units=1.5",
        "youtube.calls=200",
        "linkedin.units=200",
    ],
)
def test_a_figure_that_the_card_does_not_have_is_refused(text: str):
    with pytest.raises(LookupError):
        networks.use_figures(figures.read(text))
    networks.use_figures({})
