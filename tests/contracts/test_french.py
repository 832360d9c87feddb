"""The French of every catalogue, held to the typography of the country and to the glossary."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
NO_BREAK = "\N{NO-BREAK SPACE}"
# What stands in the glossary under another word, with that word.
ELSEWHERE = {
    r"\bexercice\b": "entraînement",
    r"\bvidéos?\b": "film",
    r"\btéléverse\w*": "ajout",
    r"\bprévue?s?\b": "planifié",
    r"\bclé d’API\b": "jeton d’accès",
    r"responsable de (l’|cette )installation": "personne qui gère l’installation",
    r"(?i)\btape[zr]": "saisissez",
    r"\w·e\b": "a sentence that leaves nobody out",
    r"(?i)\bvous êtes (connecté|déconnecté|invité|sûr)\b": "a sentence that leaves nobody out",
}


def _catalogues() -> list[Path]:
    return sorted((ROOT / "tesselle").glob("**/locale/fr/LC_MESSAGES/django.po"))


def _sentences() -> Iterator[tuple[str, str]]:
    for path in _catalogues():
        with path.open("rb") as stream:
            for message in read_po(stream, locale="fr"):
                said = message.string if message.id else ""
                for form in [said] if isinstance(said, str) else (said or ()):
                    yield str(path.relative_to(ROOT)), form


def _found(pattern: str) -> list[str]:
    return [f"{path}: {text}" for path, text in _sentences() if re.search(pattern, text)]


def test_there_is_much_to_read():
    assert sum(1 for _ in _sentences()) > 1000


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?<!://) [;:?!»](?!\w)", id="before a tall sign"),
        pytest.param(r"« |«(?=\w)|\w»", id="inside guillemets"),
        pytest.param(r"(\d|\)s) (Mo\b|Go\b|ko\b|%%)", id="between a number and its unit"),
        pytest.param("\N{NARROW NO-BREAK SPACE}", id="one kind of space only"),
    ],
)
def test_spaces_that_must_not_break_do_not(pattern):
    assert _found(pattern) == [], "python tools/french_spaces.py mends it"


def test_apostrophes_are_curved():
    assert _found(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]") == []


def test_apostrophes_of_english_sentences_are_curved_too():
    straight = [
        f"{path.relative_to(ROOT)}: {form}"
        for path in _catalogues()
        for message in read_po(path.read_bytes().splitlines(), locale="fr")
        for form in ([message.id] if isinstance(message.id, str) else message.id)
        if re.search(r"[A-Za-z]'[A-Za-z]", form)
    ]
    assert straight == []


def test_a_month_is_no_capital():
    """Django's « M » gives « Déc »; « N » and « F » give « déc. » and « décembre »."""
    formats = {
        str(message.string)
        for path in _catalogues()
        for message in read_po(path.read_bytes().splitlines(), locale="fr")
        if message.context == "date format"
    }
    assert formats
    assert [one for one in formats if re.search(r"(?<!\\)M", one)] == []


def test_a_template_writes_the_first_of_a_month_by_our_filter():
    """`written`: « 1er janvier »; the built-in `date`, for figures alone, says « 1 janvier »."""
    figures = r"['\"](Y-m-d|H:i|d\.m\.Y|j\.n\.Y)"
    by_hand = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tesselle").glob("**/templates/**/*.html")
        if re.search(rf"\|date:(?!{figures})", path.read_text(encoding="utf-8"))
    ]
    assert by_hand == []


def test_thousands_stand_apart():
    """1 000, not 1000; ports, addresses and years are no quantities."""
    assert _found(rf"(?<![\d{NO_BREAK}:/%.-])\d{{4,}} (?:minutes|caractères|octets|Mo)") == []


@pytest.mark.parametrize("pattern", ELSEWHERE)
def test_one_thing_has_one_word(pattern):
    assert _found(pattern) == [], f"say: {ELSEWHERE[pattern]}"
