"""Compile every catalogue; with --check, say what French lacks and fail.

`python tools/catalogues.py [--check]`
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    problems = []
    for path in sorted((ROOT / "tesselle").glob("**/locale/*/LC_MESSAGES/django.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)
        for message in catalogue:
            text = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and (message.fuzzy or not all(text)):
                problems.append(f"{path.relative_to(ROOT)}: not translated: {message.id!r}")
    if "--check" in sys.argv:
        print("\n".join(problems) or "Every message has its translation.")
        return 1 if problems else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
