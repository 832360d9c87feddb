"""What a site allows, as far as it can be known."""

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Unit
from tesselle.networks.wordpress.limits import limits_for

LIMITS = limits_for(Account("site", "1", "alice", "https://tiles.example/wp-json"))


def test_the_title_fits_its_column():
    assert LIMITS.title is not None
    assert (LIMITS.title.maximum, LIMITS.title.unit) == (65_535, Unit.BYTES)
    assert LIMITS.title.source.confirmed


def test_bounds_that_core_does_not_set_are_marked_as_ours():
    assert LIMITS.image and LIMITS.video

    sources = [text.source for text in LIMITS.texts] + [LIMITS.image.source, LIMITS.video.source]
    assert not any(source.confirmed for source in sources)


def test_svg_is_not_taken_and_a_title_alone_is_enough():
    assert LIMITS.image and "image/svg+xml" not in LIMITS.image.mimes
    assert "title" in LIMITS.needs
