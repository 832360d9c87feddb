"""Limits for the tests: a limit is about its numbers, the source never matters."""

from datetime import date

from hypothesis import strategies as st

from tesselle.domain.limits import Source, TextLimit, Unit

SOURCE = Source("made up for tests", date(2026, 11, 1))


def at_most(
    maximum: int,
    unit: Unit = Unit.GRAPHEMES,
    *,
    minimum: int = 0,
    url_weight: int | None = None,
    local_mentions: bool = False,
    doubled: str = "",
) -> TextLimit:
    return TextLimit(maximum, unit, SOURCE, minimum, url_weight, local_mentions, doubled=doubled)


PIECES = (
    "Bonjour",
    "chantier",
    "été",
    "e\u0301",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    ". ",
    " !",
    "\u00a0:",
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "🇨🇭",
    "1️⃣",
    "नमस्ते",
    "한국어",
    "שלום",
    "مرحبا",
    "\u200b",
    "\u200d",
    "\u0301",
    "https://example.com/a_(b)?x=1&y=2#z",
    "https://example.com",
    "http://a.b",
    "http://",
    "example.org/page",
    "@alice@example.social",
    "@bob",
    "@carreaux.test",
    "#mosaïque",
    "(",
    ")",
    ".com",
    "/",
    "@",
    "?",
    "…",
    "x",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
MASTODON = st.builds(at_most, st.integers(40, 120), url_weight=st.just(23), local_mentions=st.just(True))
PLAIN = st.builds(at_most, st.integers(60, 200), st.sampled_from(Unit))
