"""The fullest mail stays below where mail programs cut it."""

import pytest

from tesselle.domain.content import Content
from tesselle.networks.newsletter.letter import html
from tesselle.networks.newsletter.limits import LIMITS, TEXT_SIGNS
from tesselle.networks.newsletter.words import words_in

GMAIL_CUTS_BYTES = 102 * 1024
FROZEN = {"list": "Carreaux", "language": "fr", "unsubscribe": "https://x.example/u", "id": "<1@x>"}


@pytest.mark.parametrize("sign", ["a", "é", "mot ", "Ligne\n\n", "中"])
def test_the_longest_text_is_not_cut_by_the_best_known_program(sign):
    text = (sign * TEXT_SIGNS)[:TEXT_SIGNS]

    page = html(Content(text=text, title="T"), FROZEN, words_in("fr"))

    assert len(page.encode()) < GMAIL_CUTS_BYTES


def test_every_number_says_that_it_is_ours():
    assert all(not limit.source.confirmed for limit in (*LIMITS.texts, LIMITS.title))
