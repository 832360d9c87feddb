"""What a message may hold, and the sandbox that counts it by itself."""

import pytest

from tesselle.domain.checks import check
from tesselle.domain.content import Content, Media
from tesselle.domain.text import count
from tesselle.networks.discord import limits
from tesselle.networks.discord.sandbox.rules import RefusedError, check_embeds, fits, units


@pytest.mark.parametrize(
    ("text", "length"), [("abc", 3), ("e\u0301", 2), ("😀", 2), ("👨‍👩‍👧‍👦", 11), ("🇨🇭", 4), ("שלום", 4)]
)
def test_the_sandbox_counts_by_itself_as_the_check_does(text, length):
    assert units(text) == length
    assert count(text, limits.TEXT) == length


def test_a_text_is_trimmed_before_it_is_counted():
    assert len(fits("content", " " * 50 + "a" * 2000 + "\n", 2000)) == 2000


@pytest.mark.parametrize(
    "embeds",
    [
        [{"title": "a" * 257}],
        [{"description": "a" * 4097}],
        [{"footer": {"text": "a" * 2049}}],
        [{"author": {"name": "a" * 257}}],
        [{"fields": [{"name": "a", "value": "a"}] * 26}],
        [{"fields": [{"name": "a", "value": "a" * 1025}]}],
        [{"description": "a" * 3001}, {"description": "a" * 3000}],
        [{}] * 11,
    ],
)
def test_embeds_are_bound_each_and_together(embeds):
    with pytest.raises(RefusedError):
        check_embeds(embeds)


def test_embeds_at_their_bounds_are_taken():
    assert check_embeds([{"title": "a" * 256, "description": "a" * 4096}, {"description": "a" * 1648}])


def test_pictures_and_films_are_ten_together():
    picture = Media("image", "image/png", 100, 10, 10, alt="a")
    film = Media("video", "video/mp4", 100, 10, 10, alt="a")

    def codes(media):
        return {finding.code for finding in check(Content(text="a", media=media), limits.LIMITS)}

    assert codes((picture,) * 5 + (film,) * 5) == set()
    assert codes((picture,) * 6 + (film,) * 5) == {"too_many_media"}
