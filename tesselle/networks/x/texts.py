"""A post's words, as its author wrote them: X wraps addresses, adds one for each file, and escapes."""

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import StepCall
from tesselle.networks.x.wire import field


def written(call: StepCall) -> str:
    """The text of a part as it goes out: the link of the post ends the first, unless that holds it."""
    text = call.text.strip()
    link = call.content.link if call.position == 0 and call.kind == "post" else ""
    return text if not link or link in text else f"{text}\n\n{link}".strip()


def shown(post: Mapping[str, Any]) -> str:
    """The whole text with its addresses in full; those that stand for files are left out."""
    longer = field(post, "note_tweet")
    source = longer if isinstance(longer, dict) and longer.get("text") else post
    text = str(source.get("text", ""))
    entities = {**_entities(post), **_entities(source)}
    for url in entities.get("urls") or ():
        short = str(url.get("url", ""))
        if short:
            text = text.replace(short, "" if url.get("media_key") else str(url.get("expanded_url") or short))
    return html.unescape(text).strip()


def _entities(source: Mapping[str, Any]) -> dict[str, Any]:
    entities = source.get("entities")
    return entities if isinstance(entities, dict) else {}


def fingerprint(text: str) -> str:
    """The same for a text as sent and as shown: X adds schemes to bare addresses, and slashes."""
    bare = re.sub(r"(?i)https?://", "", unicodedata.normalize("NFC", text))
    return re.sub(r"[\s/]+", "", bare).casefold()
