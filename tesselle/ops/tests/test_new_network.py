from pathlib import Path

import pytest

from tesselle.connectors.tests.folder import FILES, PYTHON, missing, unfinished_words, untranslated
from tesselle.networks import card
from tesselle.ops.errors import OpsError
from tesselle.ops.new_network import make_folder


def test_a_new_folder_is_asked_for_everything_it_lacks(tmp_path: Path):
    folder = make_folder("example", tmp_path)

    told = missing(folder)

    assert len(told) == len(PYTHON) + len(FILES) - 1  # its catalogue is there, for sentences to come
    assert all(sentence.startswith("example: ") for sentence in told)


def test_a_folder_without_a_card_is_named_and_told_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr("tesselle.networks.slack.NETWORK")
    card.cache_clear()

    with pytest.raises(
        LookupError, match=r"networks/slack/__init__\.py holds no NETWORK.*write the card first"
    ):
        card("slack")


@pytest.mark.parametrize(
    ("readme", "status", "wanted"),
    [
        ("# X\n\nPaste it.\n\n## Sources\nfrom memory", "[done]\n", 6),
        (
            "# X\n## Connecting\n## What surprises\n## Sources\nx.example, read 2026-11-26",
            '[done]\npublish = "a"\nonce = "b"\nconnect = "c"\n[exempt]\nsandbox = "d"\n',
            0,
        ),
    ],
)
def test_a_readme_of_a_line_and_a_list_of_nothing_are_told(
    tmp_path: Path, readme: str, status: str, wanted: int
):
    folder = make_folder("example", tmp_path)
    (folder / "README.md").write_text(readme)
    (folder / "status.toml").write_text(status)

    assert len(unfinished_words(folder)) == wanted


def test_a_new_folder_can_hold_the_french_of_what_is_written_in_it(tmp_path: Path):
    folder = make_folder("example", tmp_path)
    (folder / "limits.py").write_text('from x import N_\n\nWHY = N_("So it is.")\n')

    assert any("So it is." in one for one in untranslated(folder))


@pytest.mark.parametrize("name", ["", "Ex", "../up", "a b", "9lives"])
def test_a_name_that_is_no_folder_of_python_is_refused(tmp_path: Path, name: str):
    with pytest.raises(OpsError, match="does not do"):
        make_folder(name, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_network_that_is_there_is_left_alone(tmp_path: Path):
    make_folder("example", tmp_path)

    with pytest.raises(OpsError, match="already"):
        make_folder("example", tmp_path)
