import json
import random
from pathlib import Path

import pytest

import tesselle.domain.tests
from tesselle.connectors.protocols import Account
from tesselle.connectors.tests.agreement import SIGNS
from tesselle.domain.text import count
from tesselle.networks.x.limits import limits_for
from tesselle.networks.x.sandbox.counting import weight

CASES = json.loads(Path(tesselle.domain.tests.__path__[0], "cases/weighted.json").read_text(encoding="utf-8"))
# A sign that begins the text and runs into an address, as X leaves it out: no text of a person does that.
QUIRKS = {"an accent at the start"}
WORDS = (
    *(
        "Nouveau ",
        "carrelage : ",
        "10 € ",
        "“là” ",
        "— ",
        "… ",
        "• ",
        "👷🏽‍♀️ ",
        "🏳️‍🌈 ",
        "1️⃣ ",
        "☺️ ",
        "™ ",
        "½ ",
    ),
    *("https://exemple.fr/a_(b)?c=d ", "carreaux.com ", "a.co, ", "info@exemple.fr ", "www.exemple.fr/é. "),
    *("мир ", "日本語 ", "#mosaïque ", "@carreaux ", "v2.0 ", "http://test.invalid "),
)


def account(kind: str = "standard") -> Account:
    return Account(kind, "1", "carreaux", "")


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["url_weight"] and case["name"] not in QUIRKS],
    ids=lambda case: case["name"],
)
def test_the_sandbox_counts_the_shared_cases_by_itself(case):
    assert weight(case["text"]) == case["expected"]


def test_the_sandbox_and_we_count_two_thousand_drawn_texts_alike():
    dice = random.Random(20261125)
    limit = limits_for(account()).texts[0]
    for _ in range(2_000):
        text = "A " + "".join(dice.choices(WORDS + SIGNS, k=dice.randrange(1, 30)))

        assert weight(text) == count(text, limit), text


def test_premium_accounts_write_longer():
    assert limits_for(account()).texts[0].maximum == 280
    assert limits_for(account("premium")).texts[0].maximum == 25_000


def test_what_is_not_confirmed_says_so():
    assert limits_for(account()).texts[0].source.confirmed
    assert not limits_for(account("premium")).texts[0].source.confirmed
