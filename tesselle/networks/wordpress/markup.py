"""From plain words to WordPress's blocks, and back.

People type plain text here: everything is escaped, so that `<b>` shows as typed. So are opening
square brackets, which WordPress would otherwise read as shortcodes.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tesselle.domain.text.entities import find_urls

TITLE_SIGNS = 60
_SENTENCE = re.compile(r"(.+?[.!?…])(?:\s|$)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>\n?")
_PARAGRAPH = re.compile(r"</(?:p|figure|h\d|li|blockquote)>\s*")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that is on the site: what a block needs to show it."""

    id: int
    url: str
    alt: str
    kind: str


def escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("[", "&#91;")


def words(text: str) -> str:
    """Plain text for a title, an excerpt or a comment: shown as typed, not read as HTML."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def body(text: str, link: str, media: Sequence[Placed], picture: str) -> str:
    """The post's content in block markup. A single picture goes in only when `picture` wants it."""
    blocks = [_paragraph(part) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    if link and link not in text:
        blocks.append(_paragraph(link))
    images = [item for item in media if item.kind == "image"]
    if len(images) > 1:
        blocks.append(_gallery(images))
    elif images and picture in ("body", "both"):
        blocks.append(_image(images[0]))
    blocks += [_video(item) for item in media if item.kind == "video"]
    return "\n\n".join(blocks)


def _paragraph(text: str) -> str:
    lines = "<br>".join(_linked(line.strip()) for line in text.strip().splitlines())
    return f"<!-- wp:paragraph -->\n<p>{lines}</p>\n<!-- /wp:paragraph -->"


def _linked(line: str) -> str:
    result, end = "", 0
    for span in find_urls(line, known=False):
        result += escaped(line[end : span.start])
        result += f'<a href="{html.escape(span.value)}">{escaped(span.value)}</a>'
        end = span.end
    return result + escaped(line[end:])


def _image(item: Placed) -> str:
    picture = f'<img src="{html.escape(item.url)}" alt="{_attribute(item.alt)}" class="wp-image-{item.id}"/>'
    return (
        f'<!-- wp:image {{"id":{item.id},"sizeSlug":"large"}} -->\n'
        f'<figure class="wp-block-image size-large">{picture}</figure>\n<!-- /wp:image -->'
    )


def _gallery(images: Sequence[Placed]) -> str:
    inside = "\n\n".join(_image(item) for item in images)
    figure = "wp-block-gallery has-nested-images columns-default is-cropped"
    return (
        f'<!-- wp:gallery {{"linkTo":"none"}} -->\n<figure class="{figure}">{inside}</figure>\n'
        "<!-- /wp:gallery -->"
    )


def _video(item: Placed) -> str:
    return (
        f'<!-- wp:video {{"id":{item.id}}} -->\n<figure class="wp-block-video">'
        f'<video controls src="{html.escape(item.url)}"></video></figure>\n<!-- /wp:video -->'
    )


def _attribute(text: str) -> str:
    return html.escape(text).replace("[", "&#91;")


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
