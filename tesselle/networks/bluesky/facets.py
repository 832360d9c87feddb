"""Mentions, links and hashtags of a text, as Bluesky wants them marked.

Nothing is derived from the text by the server: what is not marked here is plain text there.
"""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.text.entities import Span, find_entities, utf8_offsets

FACET = "app.bsky.richtext.facet"


def handles(text: str) -> list[str]:
    """The handles that a text names, in lower case, each once."""
    names = (span.value.lower() for span in find_entities(text) if span.kind == "mention")
    return list(dict.fromkeys(names))


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of a record; a mention whose handle is not in `dids` stays plain text."""
    result = []
    for span in find_entities(text):
        if feature := _feature(span, dids):
            start, end = utf8_offsets(text, span)
            result.append({"index": {"byteStart": start, "byteEnd": end}, "features": [feature]})
    return result


def _feature(span: Span, dids: Mapping[str, str]) -> dict[str, str] | None:
    match span.kind:
        case "link":
            return {"$type": f"{FACET}#link", "uri": span.value}
        case "hashtag":
            return {"$type": f"{FACET}#tag", "tag": span.value}
        case "mention":
            did = dids.get(span.value.lower())
            return {"$type": f"{FACET}#mention", "did": did} if did else None
