"""What a site allows, as its schema says and as it answered."""

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Unit
from tesselle.domain.text import count
from tesselle.networks.ghost.limits import limits_for

LIMITS = limits_for(Account("site", "1", "journal.example", "https://journal.example"))


def test_a_title_is_counted_in_code_points():
    assert LIMITS.title is not None and LIMITS.alt is not None
    assert (LIMITS.title.maximum, LIMITS.title.unit) == (255, Unit.CODE_POINTS)
    assert count("😀" * 255, LIMITS.title) == 255
    assert count("👨‍👩‍👧‍👦", LIMITS.title) == 7
    assert LIMITS.title.source.confirmed and LIMITS.alt.source.confirmed


def test_bounds_that_ghost_does_not_set_are_marked_as_ours():
    assert LIMITS.image is not None
    assert not any(one.source.confirmed for one in (*LIMITS.texts, LIMITS.image))


def test_a_title_alone_is_enough():
    assert "title" in LIMITS.needs
