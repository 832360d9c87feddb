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


def test_each_step_that_a_post_can_have_is_told_with_what_settles_doubt_about_it():
    """First comments, films, forms and choices make steps of their own."""
    from tesselle.networks import plugin
    from tesselle.ops.commands.networks import told_of

    told = {
        (slug, row["step"]): row["kind"]
        for slug in ("facebook", "linkedin", "tiktok", "youtube", "x")
        for row in told_of(plugin(slug))["reconciliation"]
        if row["account_kind"] != "member"
    }

    assert told["facebook", "comment"] == "lookup" and told["facebook", "film_story"] == "witness"
    assert told["linkedin", "comment"] == "lookup" and told["x", "part"] == "lookup"
    assert told["tiktok", "photos"] == "none"
    assert {step for slug, step in told if slug == "youtube"} >= {
        "film",
        "film_thumb",
        "film_list",
        "post",
    }


def test_the_name_of_every_step_fits_where_the_ledger_keeps_it():
    """Too long a name would be found by nothing but a post that never leaves."""
    from tesselle.ledger.models import Step
    from tesselle.networks import plugin, slugs
    from tesselle.ops.commands.networks import told_of

    names = {row["step"] for slug in slugs() for row in told_of(plugin(slug))["reconciliation"]}
    room = Step._meta.get_field("kind").max_length or 0

    assert {"post", "film_thumb", "film_list"} <= names
    assert [name for name in names if len(name) > room] == []
