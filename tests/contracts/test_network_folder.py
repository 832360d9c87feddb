"""A folder that lacks something is told what to write."""

import shutil
from pathlib import Path

import pytest

import tesselle.networks
from tesselle.connectors.tests import folder
from tesselle.networks import slugs


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A complete folder that may be damaged."""
    source = Path(tesselle.networks.__path__[0]) / slugs()[0]
    return Path(shutil.copytree(source, tmp_path / source.name))


def test_an_empty_folder_is_told_everything_that_is_to_be_written(tmp_path: Path):
    (tmp_path / "example").mkdir()

    told = folder.missing(tmp_path / "example")

    assert len(told) == len(folder.PYTHON) + len(folder.FILES)
    assert "example: write limits.py: what the network allows, every number with its source" in "\n".join(
        told
    )
    assert any("templates/networks/example/preview.html" in sentence for sentence in told)


def test_a_complete_folder_is_told_nothing(copied: Path):
    assert folder.missing(copied) == []
    assert folder.untranslated(copied) == []


@pytest.mark.parametrize("name", [name for name in folder.FILES if "{slug}" not in name])
def test_each_file_that_is_taken_away_is_asked_for_by_name(copied: Path, name: str):
    (copied / name).unlink()

    (sentence,) = folder.missing(copied)

    assert f"write {name}" in sentence


def test_a_module_without_its_value_is_told_what_it_should_hold(copied: Path):
    (copied / "metrics.py").write_text("")

    (sentence,) = folder.missing(copied)

    assert "metrics.py has no METRICS" in sentence


@pytest.mark.parametrize(
    ("catalogue", "words"),
    [
        ('msgid "Post %(name)s"\nmsgstr "Publier %(nom)s"\n', "does not fill in the same names"),
        ('#, fuzzy\nmsgid "Post %(name)s"\nmsgstr "Publier %(name)s"\n', "is marked fuzzy"),
        ('msgid "Post %(name)s"\nmsgstr ""\n', "is missing"),
        ("", "is missing"),
    ],
)
def test_french_that_is_missing_doubtful_or_broken_is_named(tmp_path: Path, catalogue: str, words: str):
    path = tmp_path / "example/locale/fr/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + catalogue)
    (tmp_path / "example/connector.py").write_text('SAY = N_("Post %(name)s")\n')

    (sentence,) = folder.untranslated(tmp_path / "example")

    assert words in sentence
    assert "Post %(name)s" in sentence


def test_templates_are_searched_for_sentences_too(tmp_path: Path):
    (tmp_path / "preview.html").write_text(
        '{% load i18n %}{% translate "Reply" %}'
        "{% blocktranslate trimmed %}\n Hello {{ name }} \n{% endblocktranslate %}"
    )

    assert folder.sentences(tmp_path) == {"Reply", "Hello %(name)s"}
