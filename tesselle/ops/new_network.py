"""A folder for a network that is not there yet. Its contract tests then say what to write."""

import argparse
import re
import sys
from pathlib import Path

import tesselle.networks
from tesselle.connectors.tests.folder import missing
from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import OpsError

SLUG = re.compile(r"[a-z][a-z0-9_]{1,29}")

CARD = '''"""{title}: say here in a line what kind of network it is."""
'''

STAGE = '''from pathlib import Path

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin


@pytest.fixture
async def stage(tmp_path: Path) -> Stage:
    """An account on the sandbox, connected in process."""
    return await open_stage(plugin("{slug}"), tmp_path)
'''

CATALOGUE = """# French of the {slug} folder.
msgid ""
msgstr ""
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def make_folder(slug: str, networks: Path) -> Path:
    """Raises OpsError: the name does not do, or is taken."""
    if not SLUG.fullmatch(slug):
        sentence = N_("%(name)s does not do: small letters, digits and _, beginning with a letter.")
        raise OpsError(Message(sentence, {"name": repr(slug)}))
    folder = networks / slug
    if folder.exists():
        raise OpsError(Message(N_("There is a network %(name)s already."), {"name": slug}))
    (folder / "tests").mkdir(parents=True)
    (folder / "__init__.py").write_text(CARD.format(title=slug.replace("_", " ").capitalize()))
    (folder / "tests" / "__init__.py").write_text("")
    (folder / "tests" / "conftest.py").write_text(STAGE.format(slug=slug))
    catalogue = folder / "locale/fr/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    # Without one of its own, a folder's sentences are taken for those of the whole programme.
    catalogue.write_text(CATALOGUE.format(slug=slug))
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    try:
        folder = make_folder(parser.parse_args().name, Path(tesselle.networks.__path__[0]))
    except OpsError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Made {folder}. What its contract tests ask for now:")
    for sentence in missing(folder):
        print(f"- {sentence}")
    print("Write the card in __init__.py first: until it is there nothing else starts.")
    print(f"Run them with: .venv/bin/python -m pytest tests/contracts -k {folder.name}")
    print("The way, what trips one up, and what can be declared: docs/guides/adding-a-network.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
