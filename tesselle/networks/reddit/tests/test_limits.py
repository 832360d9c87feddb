from dataclasses import replace

import pytest

from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import FIRST_COMMENT, FORMAT, Content
from tesselle.networks.reddit.limits import LIMITS
from tesselle.networks.reddit.options import VIDEO

FILM = {FORMAT: VIDEO}


def passes(content):
    return is_plannable(check(content, LIMITS.of(content.format)))


@pytest.mark.parametrize("sign", ["a", "é", "👍🏽", "e\u0301", "م"])
def test_a_title_is_counted_by_code_points(sign):
    signs = 300 // len(sign) * len(sign)
    title = sign * (300 // len(sign)) + "a" * (300 - signs)

    assert passes(Content(title=title))
    assert not passes(Content(title=title + "a"))


def test_a_title_is_all_a_post_needs_and_nothing_goes_without():
    assert passes(Content(title="Carreaux"))
    assert not passes(Content(text="Carreaux"))


def test_a_film_has_one_picture_for_its_cover(stage):
    film = Content(title="Pose", media=(stage.film(), stage.image()), options=FILM)

    assert passes(film)
    assert not passes(replace(film, media=(*film.media, stage.image("b.png"))))
    assert not passes(replace(film, options={}))


def test_a_first_comment_is_shorter_than_a_post():
    assert passes(Content(title="Carreaux", text="a" * 40_000, options={FIRST_COMMENT: "a" * 10_000}))
    assert not passes(Content(title="Carreaux", options={FIRST_COMMENT: "a" * 10_001}))
