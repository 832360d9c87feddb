"""What a reader sees of a page's HTML: sandboxes of sites count copies by it."""

from html.parser import HTMLParser
from typing import Any


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data if data.strip() else "")

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "br":
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.said.append("\n\n")


def words_of(markup: str) -> str:
    """The words that a reader sees: what the truth counts copies by."""
    parser = _Words()
    parser.feed(markup)
    parser.close()
    return "".join(parser.said).strip()
