"""The monthly version of LinkedIn's API that is spoken here.

LinkedIn keeps each for at least twelve months and then answers 426 to everything. Whoever runs
Tesselle can set another with `TESSELLE_LINKEDIN_VERSION`, without waiting for a new release.
"""

import os
import re
from datetime import UTC, datetime

KNOWN = "202609"
"""Noted on 25 September 2026; the connector was written for it."""
SETTING = "TESSELLE_LINKEDIN_VERSION"
KEPT_MONTHS = 12


def spoken(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> str:
    """The operator's, when it looks like a version; else the one known here."""
    wanted = environ.get(SETTING, "").strip()
    return wanted if re.fullmatch(r"20\d{2}(0[1-9]|1[0-2])", wanted) else KNOWN


def ends_at(version: str) -> datetime:
    """From when on it can be refused: LinkedIn announces the day itself, about the middle of a month."""
    months = int(version[:4]) * 12 + int(version[4:]) - 1 + KEPT_MONTHS
    return datetime(months // 12, months % 12 + 1, 15, tzinfo=UTC)
