"""The words of a status, which a server gives as HTML."""

import re
from html.parser import HTMLParser


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "p" and self.pieces:
            self.pieces.append("\n\n")


def plain(html: str) -> str:
    """Paragraphs become empty lines. Shortened addresses are whole again: their hidden ends are read."""
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.pieces).strip()


_REMOTE_NAME = re.compile(r"(@[A-Za-z0-9_.\-]+)@[\w.\-]+\w")


def fingerprint(text: str) -> str:
    """The same for a text as sent and as shown: white space and the servers of mentions are left out."""
    return re.sub(r"\s+", "", _REMOTE_NAME.sub(r"\1", text))
