"""Put the no-break spaces and curved apostrophes of French into the catalogues: `python tools/french_spaces.py`.

tests/contracts/test_french.py says where one is missing; this is its cure.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NO_BREAK = "\N{NO-BREAK SPACE}"
MENDS = (
    ("\N{NARROW NO-BREAK SPACE}", NO_BREAK),
    (r"(?<=\S)(?<!://) (?=[;:?!»](?!\w))", NO_BREAK),
    (r"« ", f"«{NO_BREAK}"),
    (r"(\d|\)s) (?=(?:Mo|Go|ko)\b|%%)", rf"\1{NO_BREAK}"),
    (r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ])", "’"),
)


def main() -> None:
    for path in sorted((ROOT / "tesselle").glob("**/locale/fr/LC_MESSAGES/django.po")):
        text = path.read_text(encoding="utf-8")
        mended = "\n".join(_lines(text.split("\n")))
        if mended != text:
            path.write_text(mended, encoding="utf-8")
            print(path.relative_to(ROOT))


def _lines(lines: list[str]) -> list[str]:
    found, is_french = [], False
    for line in lines:
        if not line.startswith('"'):
            is_french = line.startswith("msgstr")
        found.append(_mended(line) if is_french else line)
    return found


def _mended(line: str) -> str:
    for pattern, better in MENDS:
        line = re.sub(pattern, better, line)
    return line


if __name__ == "__main__":
    main()
