"""Compile every catalogue, and say how far each language is.

`python tools/catalogues.py`             compile
`python tools/catalogues.py --check`     compile; fail where French lacks something
`python tools/catalogues.py --add de`    begin a language: its catalogues beside the French ones, untranslated;
                                         for one that was begun, the sentences that are new since then

French is the measure: what it has, the others are to have. What a language lacks is shown in the
installation's first language.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent / "tesselle"
MEASURE = "fr"
TOLD = Path("locale/languages.json")
"""What the settings read: the share of each language that is translated. Made here, kept in no commit."""


@dataclass(frozen=True, slots=True)
class Languages:
    """`problems`: what the measure itself lacks. `shares`: 0 to 1, by language."""

    problems: list[str]
    shares: dict[str, float]


def catalogues(root: Path, language: str = "*") -> Iterator[Path]:
    yield from sorted(root.glob(f"**/locale/{language}/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parts[-3])


def compile_all(root: Path = ROOT) -> Languages:
    problems: list[str] = []
    done: Counter[str] = Counter()
    for path in catalogues(root):
        catalogue = read(path)
        for message in catalogue:
            if message.id and not message.fuzzy and _is_done(message.string):
                done[path.parts[-3]] += 1
                continue
            if message.id and path.parts[-3] == MEASURE:
                problems.append(f"{path.relative_to(root.parent)}: not translated: {message.id!r}")
            if message.id:
                message.string = ""  # two empty forms would be shown as nothing at all
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)
    whole = sum(1 for path in catalogues(root, MEASURE) for message in read(path) if message.id)
    begun = {path.parts[-3] for path in catalogues(root)}
    shares = {language: round(done[language] / max(whole, 1), 4) for language in sorted(begun)}
    (root / TOLD).parent.mkdir(parents=True, exist_ok=True)
    (root / TOLD).write_text(json.dumps(shares, indent=1) + "\n", encoding="utf-8")
    return Languages(problems, shares)


def add(language: str, root: Path = ROOT) -> int:
    """Beside each French catalogue one of this language; what was translated stays. Returns how many
    sentences are still to be translated."""
    Locale.parse(language.replace("-", "_"))
    waiting = 0
    for path in catalogues(root, MEASURE):
        target = path.parents[2] / language / "LC_MESSAGES" / path.name
        french = read(path)
        known = read(target) if target.exists() else Catalog(locale=language.replace("-", "_"))
        known.header_comment = f"# Translation of Tesselle into {language}. See docs/guides/translating.md."
        known.update(_without_words(french), no_fuzzy_matching=True)
        known.obsolete.clear()
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            write_po(stream, known, width=100)
        waiting += sum(1 for message in known if message.id and not _is_done(message.string))
    return waiting


def _without_words(french: Catalog) -> Catalog:
    """The sentences themselves, with their contexts and both forms."""
    template = Catalog()
    for message in french:
        if message.id:
            bare = copy(message)
            template.add(bare.id, context=bare.context, flags=bare.flags - {"fuzzy"})
    return template


def _is_done(text: object) -> bool:
    return all(text) if isinstance(text, tuple) else bool(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--add", metavar="LANGUAGE", nargs="+", default=[])
    options = parser.parse_args()
    for language in options.add:
        try:
            print(f"{language}: {add(language)} sentences are to be translated.")
        except (UnknownLocaleError, ValueError):
            print(f"{language!r} is no language that is known: write de, it, pt-br.", file=sys.stderr)
            return 2
    found = compile_all()
    for language, share in found.shares.items():
        if language != MEASURE:
            print(f"{language}: {share:.0%} translated.")
    if options.check:
        print("\n".join(found.problems) or "Every message has its translation.")
        return 1 if found.problems else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
