"""Which languages people may choose: those whose catalogues say enough, and those the installation switches on.

A language is a matter of catalogues alone. `tools/catalogues.py` begins one, and writes down how far each is.
"""

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from django.conf.locale import LANG_INFO

from tesselle.config.environment import SettingError

ALWAYS = ("fr", "en")
"""Written with the code: English in it, French in the same commit."""

ENOUGH = 0.95
"""From so much on a language is offered by itself."""

TOLD = Path(__file__).parents[1] / "locale" / "languages.json"


def translated(told: Path = TOLD) -> dict[str, float]:
    """The share of each begun language, as the tool wrote it; nothing where it never ran."""
    try:
        found = json.loads(told.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(code): float(share) for code, share in found.items()}


def offered(switched_on: Collection[str], shares: Mapping[str, float]) -> list[tuple[str, str]]:
    """Code and English name, as Django's setting LANGUAGES wants them.

    Raises:
        SettingError: a language was switched on that has no catalogue.
    """
    for code in switched_on:
        if code not in ALWAYS and (code not in shares or code not in LANG_INFO):
            raise SettingError(
                f"TESSELLE_LANGUAGES names {code}, which has no catalogue. "
                f"Begin one with `python tools/catalogues.py --add {code}`."
            )
    more = (code for code in sorted(shares) if code in switched_on or shares[code] >= ENOUGH)
    codes = dict.fromkeys((*ALWAYS, *(code for code in more if code in LANG_INFO)))
    return [(code, str(LANG_INFO[code]["name"])) for code in codes]
