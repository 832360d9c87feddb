import gettext
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tesselle.domain.verdicts import ReconciliationKind
from tesselle.networks import slugs
from tesselle.ops import cli

ROOT = Path(__file__).parents[3]


def last_line(printed: str) -> Any:
    return json.loads(printed.splitlines()[-1])


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    assert cli.main(["networks", "--json"]) == 0
    return last_line(capsys.readouterr().out)["networks"]


def test_every_network_is_told_with_what_each_of_its_steps_needs_in_doubt(told):
    assert tuple(network["slug"] for network in told) == slugs()
    for network in told:
        assert {row["account_kind"] for row in network["reconciliation"]} == set(network["account_kinds"])
        for row in network["reconciliation"]:
            assert set(row) == {"step", "account_kind", "kind", "valid_for_s", "settle_seconds"}
            assert row["kind"] in set(ReconciliationKind)


def test_every_proof_names_a_test_that_is_there(told):
    proofs = [proof for network in told for proof in network["tested_against"]]

    assert proofs
    assert [proof["test"] for proof in proofs if not (ROOT / proof["test"]).is_file()] == []


def test_a_text_one_too_long_is_not_ok_and_its_cure_is_told(tmp_path, capsys):
    post = tmp_path / "post.json"
    post.write_text(json.dumps({"text": "a" * 301}))

    status = cli.main(["check", "--network", "bluesky", "--file", str(post), "--json"])

    answer = last_line(capsys.readouterr().out)
    assert status == 1
    assert (answer["ok"], answer["counted"], answer["limit"]) == (False, 301, 300)
    assert [set(finding) for finding in answer["findings"]] == [{"code", "message", "cure"}]


def test_a_text_at_the_limit_is_ok(tmp_path, capsys):
    post = tmp_path / "post.json"
    post.write_text(json.dumps({"text": "a" * 300}))

    assert cli.main(["check", "--network", "bluesky", "--file", str(post), "--json"]) == 0
    assert last_line(capsys.readouterr().out)["findings"] == []


@pytest.mark.parametrize(
    ("written", "said"),
    [("{", "is not JSON"), ("[]", "one JSON object"), ('{"text": "a", "account_kind": "no"}', "no account")],
)
def test_a_file_that_is_no_post_is_told_in_a_sentence(tmp_path, capsys, written, said):
    post = tmp_path / "post.json"
    post.write_text(written)

    assert cli.main(["check", "--network", "bluesky", "--file", str(post)]) == 1
    assert said in capsys.readouterr().err


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])

    assert left.value.code == 0
    told = capsys.readouterr().out
    assert [
        command for command in cli.COMMANDS if not re.search(rf"^    {command}\s", told, re.MULTILINE)
    ] == []


@pytest.mark.parametrize("command", [name for name in cli.COMMANDS if name not in cli.PACKAGES])
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main([command, "--help"])

    assert left.value.code == 0


def test_what_goes_wrong_is_told_in_the_language_of_the_terminal(monkeypatch, capsys):
    monkeypatch.setattr(gettext, "translation", lambda *_, **__: Words())

    assert cli.main(["check", "--network", "bluesky", "--file", "/none"]) == 1
    assert "/none ne peut pas être lu" in capsys.readouterr().err


class Words:
    def gettext(self, sentence: str) -> str:
        french = {"%(path)s cannot be read (%(reason)s).": "%(path)s ne peut pas être lu (%(reason)s)."}
        return french.get(sentence, sentence)
