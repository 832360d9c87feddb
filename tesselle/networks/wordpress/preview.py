"""What the preview shows of a post on a list page of the site."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.dialects.articles import title_of
from tesselle.domain.content import Content
from tesselle.networks.wordpress.options import names

EXCERPT_WORDS = 55
"""`wp_trim_excerpt` cuts here when nobody wrote an excerpt (developer.wordpress.org, 2026-11-23)."""


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    words = content.text.split()
    written = content.options.get("excerpt", "").strip()
    return {
        "title": title_of(content.title, content.text),
        "title_is_ours": not content.title.strip(),
        "excerpt": written or " ".join(words[:EXCERPT_WORDS]),
        "is_cut": not written and len(words) > EXCERPT_WORDS,
        "words": len(words),
        "categories": names(content.options.get("categories", "")),
        "tags": names(content.options.get("tags", "")),
        "is_featured": content.options.get("picture", "featured") in ("", "featured", "both"),
    }
