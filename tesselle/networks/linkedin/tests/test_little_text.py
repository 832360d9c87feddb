import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.text import count
from tesselle.networks.linkedin.limits import COMMENTARY, RESERVED
from tesselle.networks.linkedin.little_text import escaped, plain
from tesselle.networks.linkedin.sandbox.little import shown, weight

PIECES = (*RESERVED, *"aé9 \n😀", "#tag", "@[Dubois](urn:li:organization:12)")
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)
MENTION = re.compile(r"@\[([^\[\]()\\]+)\]\(urn:li:organization:12\)")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Prix (TTC)", r"Prix \(TTC\)"),
        ("#mosaïque et C#", r"#mosaïque et C\#"),
        ("a_b * ~c~ | {d} <e> [f] \\", r"a\_b \* \~c\~ \| \{d\} \<e\> \[f\] \\"),
        ("bonjour@carreaux.example", r"bonjour\@carreaux.example"),
        ("https://example.com/a#b", r"https://example.com/a\#b"),
        ("Merci @[Dubois SA](urn:li:organization:12) !", "Merci @[Dubois SA](urn:li:organization:12) !"),
        ("@[Dubois_SA](urn:li:person:a-b)", r"@[Dubois\_SA](urn:li:person:a-b)"),
        ("@[no urn](https://example.com)", r"\@\[no urn\]\(https://example.com\)"),
    ],
)
def test_a_text_is_escaped_but_for_hashtags_and_mentions(typed: str, sent: str):
    assert escaped(typed) == sent


@given(TEXTS)
def test_nothing_is_cut_and_readers_see_what_was_typed(text: str):
    assert shown(escaped(text)) == MENTION.sub(r"\1", text)


@given(TEXTS)
def test_what_is_read_back_is_what_was_typed(text: str):
    assert plain(escaped(text)) == MENTION.sub(r"\1", text)


@given(TEXTS)
def test_the_counter_and_the_sandbox_weigh_alike(text: str):
    assert count(text, COMMENTARY) == weight(escaped(text))


def test_a_hashtag_in_the_formal_form_is_read():
    assert plain(r"Voir {hashtag|\#|mosaïque} \(ici\)") == "Voir #mosaïque (ici)"


def test_the_sandbox_cuts_where_a_sign_stands_bare():
    assert shown("Prix (TTC)") == "Prix "
