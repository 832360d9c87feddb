"""Add the sentences that no catalogue holds yet to the French of their folder; with --check, fail instead.

`python tools/messages.py [--check]`. What is added stands there untranslated, so `make lint` asks for it.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize, read_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")


def known(folders: list[Path]) -> set[str]:
    """Django looks in all catalogues, so a sentence need stand in one only."""
    return {
        text
        for folder in folders
        for message in read(folder)
        if message.id
        for text in (message.id if isinstance(message.id, tuple | list) else (message.id,))
    }


def read(folder: Path) -> Catalog:
    with (folder / CATALOGUE).open("rb") as stream:
        return read_po(stream, locale="fr")


def add(folder: Path, texts: list[str]) -> None:
    """At the end, as they stand: writing the whole catalogue anew would change what others wrote."""
    with (folder / CATALOGUE).open("a", encoding="utf-8") as stream:
        for text in texts:
            flag = "#, python-format\n" if "%(" in text else ""
            stream.write(f'\n{flag}msgid {normalize(text, width=100)}\nmsgstr ""\n')


def main() -> int:
    from tesselle.connectors.tests.folder import sentences

    folders = sorted(path.parents[3] for path in (ROOT / "tesselle").glob(f"**/{CATALOGUE}"))
    # The nearest catalogue takes a sentence: the whole tree's comes last.
    folders.sort(key=lambda folder: -len(folder.parts))
    held = known(folders)
    count = 0
    for folder in folders:
        fresh = sorted(sentences(folder) - held)
        held |= set(fresh)
        count += len(fresh)
        for text in fresh:
            print(f"{folder.relative_to(ROOT)}: {text!r}")
        if fresh and "--check" not in sys.argv:
            add(folder, fresh)
    print(f"{count} sentences are in no catalogue yet." if count else "Every sentence is in a catalogue.")
    return 1 if count and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
