"""Articles of a site: plain words on their way into HTML, and out of it again.

People type plain text here: everything is escaped, so that `<b>` shows as typed.
"""

import html
import re
import unicodedata
from collections.abc import Callable

from tesselle.domain.text.entities import find_urls

TITLE_SIGNS = 60
_SENTENCE = re.compile(r"(.+?[.!?…])(?:\s|$)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>\n?")
_PARAGRAPH = re.compile(r"</(?:p|figure|h\d|li|blockquote)>\s*")
_TAG = re.compile(r"<[^>]+>")


def paragraphs(text: str) -> list[str]:
    """The blocks between empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def lines(paragraph: str, escaped: Callable[[str], str]) -> str:
    """One paragraph's words as HTML: line ends kept, web addresses made links."""
    return "<br>".join(_linked(line.strip(), escaped) for line in paragraph.splitlines())


def _linked(line: str, escaped: Callable[[str], str]) -> str:
    result, end = "", 0
    for span in find_urls(line, known=False):
        result += escaped(line[end : span.start])
        result += f'<a href="{html.escape(span.value)}">{escaped(span.value)}</a>'
        end = span.end
    return result + escaped(line[end:])


def title_of(title: str, text: str) -> str:
    """The given title, else the first sentence, cut at a word when it is long."""
    if title.strip():
        return title.strip()
    first_line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    sentence = _SENTENCE.match(first_line)
    found = (sentence.group(1) if sentence else first_line).strip()
    if len(found) <= TITLE_SIGNS:
        return found.removesuffix(".")
    return found[:TITLE_SIGNS].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def readable(title: str) -> str:
    """The beginning of an address: lower case, no accents, at most 40 signs."""
    plain_letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain_letters)[:40].strip("-") or "post"


def plain(markup: str) -> str:
    """The words of a post's or a comment's HTML."""
    text = _BREAK.sub("\n", _COMMENT.sub("", markup))
    text = _TAG.sub("", _PARAGRAPH.sub("\n\n", text))
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text)).strip()


def fingerprint(text: str) -> str:
    """The letters, figures and emoji alone: the site makes quotes and dashes typographic."""
    return "".join(sign for sign in plain(text).casefold() if unicodedata.category(sign)[0] in "LNSM")
