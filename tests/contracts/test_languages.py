"""Another language needs catalogues and no code: it is begun, compiled, offered, and the pages speak it."""

import importlib.util
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po, write_po
from django.test import Client
from django.utils.translation import trans_real
from pytest_django import Settings

from tesselle.config.environment import SettingError
from tesselle.config.languages import offered

FORGOTTEN = "Forgotten your password? Whoever runs this installation can make you a link for a new one."
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "tools/catalogues.py")
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The catalogues of two folders, alone."""
    for folder in ("workspaces", "notify"):
        shutil.copytree(ROOT / "tesselle" / folder / "locale", tmp_path / "tesselle" / folder / "locale")
    return tmp_path / "tesselle"


def say(tree: Path, folder: str, english: str, german: str) -> None:
    path = tree / folder / "locale/de/LC_MESSAGES/django.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="de")
    for message in catalogue:
        if message.id == english:
            message.string = german
    with path.open("wb") as stream:
        write_po(stream, catalogue)


def test_a_language_is_begun_with_every_sentence_and_nothing_invented(tool: ModuleType, tree: Path) -> None:
    waiting = tool.add("de", tree)

    asked = sum(1 for path in tool.catalogues(tree, "fr") for message in tool.read(path) if message.id)
    assert waiting == asked > 300
    assert tool.compile_all(tree).shares == {"de": 0.0, "fr": 1.0}
    german = (tree / "notify/locale/de/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    assert "nplurals=2; plural=(n != 1)" in german and 'msgctxt "mail wish"' in german


def test_going_on_keeps_what_was_translated(tool: ModuleType, tree: Path) -> None:
    waiting = tool.add("it", tree), tool.add("de", tree)
    say(tree, "notify", "Your devices", "Ihre Geräte")

    assert tool.add("de", tree) == waiting[1] - 1
    assert "Ihre Geräte" in (tree / "notify/locale/de/LC_MESSAGES/django.po").read_text(encoding="utf-8")


def test_what_is_complete_offers_itself_and_the_rest_waits_for_a_switch() -> None:
    shares = {"fr": 1.0, "de": 0.4, "it": 0.97}

    assert [code for code, _ in offered((), shares)] == ["fr", "en", "it"]
    assert offered(("de",), shares)[2:] == [("de", "German"), ("it", "Italian")]
    with pytest.raises(SettingError, match="--add rm"):
        offered(("rm",), shares)


def test_a_page_speaks_a_language_that_only_has_a_catalogue(
    tool: ModuleType, tree: Path, client: Client, settings: Settings, db: None
) -> None:
    tool.add("de", tree)
    say(tree, "workspaces", FORGOTTEN, "Passwort vergessen? Wer diese Installation betreibt, hilft.")
    tool.compile_all(tree)
    settings.LANGUAGES = offered(("de",), {"fr": 1.0, "de": 0.01})
    settings.LOCALE_PATHS = [tree / "workspaces/locale", *settings.LOCALE_PATHS]
    forget_catalogues()

    try:
        page = client.get("/account/login/", headers={"Accept-Language": "de"}).content.decode()
    finally:
        forget_catalogues()

    assert '<html lang="de"' in page and "Passwort vergessen?" in page
    assert 'value="de" lang="de"' in page  # in the switch of every page
    assert "Se connecter" in page or "Connexion" in page  # what German lacks is said in French


def forget_catalogues() -> None:
    """What Django does itself when a setting changes does not reach those that it has read."""
    trans_real._translations.clear()


def test_no_code_keeps_a_list_of_languages_of_its_own() -> None:
    spelled = re.compile(r"""\(\s*["']fr["'],\s*["']en["']|\(\s*["']en["'],\s*["']fr["']""")
    allowed = {"tesselle/config/languages.py", "tesselle/simulation/remarks.py"}

    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tesselle").rglob("*.py")
        if "tests" not in path.parts and spelled.search(path.read_text(encoding="utf-8"))
    }

    assert found <= allowed
