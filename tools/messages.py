"""Add the sentences that no catalogue holds yet to the French of their folder; with --check, fail instead.

`python tools/messages.py [--check]`. What is added stands there untranslated, so `make lint` asks for it.
A sentence is known together with its context: “Save” of a button and of a picture are two.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import normalize, read_po
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
_PLURAL = (1, 2)
_CONTEXT = (1, "c")
KEYWORDS = {
    **dict.fromkeys(("N_", "_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (_CONTEXT, 2)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (_CONTEXT, 2, 3)),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """`forms`: one, or singular and plural."""

    context: str
    forms: tuple[str, ...]

    def entry(self) -> str:
        """As it stands in a catalogue, untranslated."""
        lines = ["#, python-format"] if any("%(" in form for form in self.forms) else []
        if self.context:
            lines.append(f"msgctxt {normalize(self.context, width=100)}")
        lines.append(f"msgid {normalize(self.forms[0], width=100)}")
        if len(self.forms) == 1:
            return "\n".join([*lines, 'msgstr ""'])
        plural = f"msgid_plural {normalize(self.forms[1], width=100)}"
        return "\n".join([*lines, plural, 'msgstr[0] ""', 'msgstr[1] ""'])


def sentences(folder: Path) -> Iterator[Sentence]:
    """What the code and the templates of a folder say; its tests say nothing to anybody."""
    for path in sorted(folder.rglob("*")):
        if {"tests", "migrations"} & set(path.parts) or not path.is_file():
            continue
        if path.suffix == ".py":
            yield from _in_code(path.read_text(encoding="utf-8"))
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield from _in_code(_as_code(path))


def _as_code(template: Path) -> str:
    from django.utils.translation.template import templatize

    # It keeps the places of the words, and with them indentation that is none.
    return re.sub(r"(?m)^[ \t]+", "", templatize(template.read_text(encoding="utf-8"), origin=str(template)))


def _in_code(source: str) -> Iterator[Sentence]:
    found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for _line, said, _comments, context in found:
        forms = [str(form or "") for form in (said if isinstance(said, tuple | list) else (said,))]
        # With a context, babel hands it over among the forms too.
        forms = forms[1:] if context and forms[0] == context else forms
        if told := tuple(filter(None, forms)):
            yield Sentence(context or "", told)


def known(folder: Path) -> set[Sentence]:
    """What stands there; of two forms the first is found by itself too."""
    held: set[Sentence] = set()
    with (folder / CATALOGUE).open("rb") as stream:
        for message in read_po(stream, locale="fr"):
            forms = tuple(map(str, message.id if isinstance(message.id, tuple) else (message.id,)))
            held |= {Sentence(message.context or "", forms), Sentence(message.context or "", forms[:1])}
    return held


def add(folder: Path, fresh: list[Sentence]) -> None:
    """At the end, as they stand: writing the whole catalogue anew would change what others wrote."""
    with (folder / CATALOGUE).open("a", encoding="utf-8") as stream:
        for sentence in fresh:
            stream.write(f"\n{sentence.entry()}\n")


def main() -> int:
    if not settings.configured:
        settings.configure()
    folders = sorted(path.parents[3] for path in (ROOT / "tesselle").glob(f"**/{CATALOGUE}"))
    # The nearest catalogue takes a sentence: the whole tree's comes last.
    folders.sort(key=lambda folder: -len(folder.parts))
    # Django looks in all catalogues, so a sentence need stand in one only.
    held = {sentence for folder in folders for sentence in known(folder)}
    count = 0
    for folder in folders:
        fresh = sorted(set(sentences(folder)) - held, key=lambda one: (one.forms, one.context))
        held |= set(fresh)
        count += len(fresh)
        for sentence in fresh:
            said = sentence.forms[0]
            where = f" ({sentence.context})" if sentence.context else ""
            print(f"{folder.relative_to(ROOT)}: {said!r}{where}")
        if fresh and "--check" not in sys.argv:
            add(folder, fresh)
    print(f"{count} sentences are in no catalogue yet." if count else "Every sentence is in a catalogue.")
    return 1 if count and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
