"""Finding pictures by words, in French and English: accents and word forms do not matter.

The database keeps `search_words` beside each asset: its words as they are, and their stems in both
languages, all without accents (migration 0003 says how). A search asks for all its words; the last
letters may be missing. What is short and everywhere (*de*, *the*) is passed over.
"""

import re
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from tesselle.library.models import Asset

MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")

_FOUND = """(
  library_is_filler(%s, %s)
  OR library_asset.search_words @@ library_query(%s)
  OR library_asset.album_id IN (SELECT id FROM library_album WHERE library_vector(name) @@ library_query(%s))
)"""


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)[:MOST_WORDS]


def matching(assets: QuerySet[Asset], text: str) -> QuerySet[Asset]:
    """Those of which each word is told: by their name, words, tags, credit, or their album."""
    language = "english" if (get_language() or "").startswith("en") else "french"
    for word in words_of(text):
        params: tuple[Any, ...] = (word, language, word, word)
        assets = assets.filter(Q(RawSQL(_FOUND, params, output_field=BooleanField())))  # noqa: S611 - words are parameters
    return assets
