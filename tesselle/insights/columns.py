"""Which column of somebody's table is which of ours: by our names, by theirs in a map, or by the usual ones."""

import csv
import io
from collections.abc import Mapping, Sequence

from tesselle.domain.headings import ACCOUNT, DAY, TEXT, TIME, WORDS, Vocabulary, guess, heading_row, plain

POSTED_AT, CLOCK = "posted_at", "time"
COLUMNS = (
    POSTED_AT, CLOCK, "network", "channel", "format", "pillar", "text", "length", "hashtags", "link",
    "impressions", "reach", "reactions", "comments", "shares", "saves", "clicks", "followers",
)  # fmt: skip
_USUAL: Vocabulary = {
    POSTED_AT: WORDS[DAY],
    CLOCK: WORDS[TIME],
    "channel": WORDS[ACCOUNT],
    "text": WORDS[TEXT],
    "network": ("network", "platform", "reseau", "reseau social", "plateforme", "netzwerk", "piattaforma"),
    "format": (
        "post type", "media type", "content type", "type", "type de publication", "type de contenu", "beitragstyp",
        "tipo",
    ),
    "pillar": ("pilier", "theme", "thema", "categorie", "category", "rubrique"),
    "length": ("longueur", "lange", "nombre de signes"),
    "hashtags": ("nombre de hashtags", "tags"),
    "followers": ("abonnes", "nombre d abonnes", "fans", "follower", "abonnenten"),
}  # fmt: skip
_SEPARATORS = ",;\t|"
Rows = Sequence[Sequence[str]]


def vocabulary(names: Mapping[str, str]) -> Vocabulary:
    """What the map says; without it our own name, then the usual words."""
    return {
        ours: (plain(names[ours]),)
        if ours in names
        else (plain(ours), *_USUAL.get(ours, WORDS.get(ours, ())))
        for ours in COLUMNS
    }


def find(rows: Rows, names: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The heading's row, and our columns' places in it."""
    words = vocabulary(names)
    head = heading_row(words, rows)
    return head, guess(words, rows[head]) if rows else {}


def separated(text: str, names: Mapping[str, str]) -> tuple[list[list[str]], str]:
    """Its rows, split at the sign that makes the most columns we know; and where they end too early, why."""
    first = "\n".join(text.splitlines()[:20])

    def known(sign: str) -> tuple[int, int]:
        rows, _trouble = _rows(first, sign)
        head, columns = find(rows, names)
        return len(columns), len(rows[head]) if rows else 0

    return _rows(text, max(_SEPARATORS, key=known))


def _rows(text: str, separator: str) -> tuple[list[list[str]], str]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        return rows, str(error)
    return rows, ""
