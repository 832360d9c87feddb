"""The table of networks is written from the cards; a card changed and the page not is a failure."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKS_LEFT_OUT = ("browser", "chaos")


def test_the_page_of_networks_is_fresh():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/networks.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_proof_that_a_card_names_is_run_by_the_gate():
    """`make test` runs what carries no mark, `make test-real` what lies in tests/real."""
    from tesselle.networks import cards

    for card in cards():
        for proof in card.tested_against:
            text = (ROOT / proof.test).read_text()
            assert proof.test.startswith(("tests/real/", "tesselle/networks/")), proof.test
            assert not any(f"mark.{mark}" in text for mark in MARKS_LEFT_OUT), proof.test
