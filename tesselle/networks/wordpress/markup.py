"""From plain words to WordPress's blocks.

Opening square brackets are escaped too: WordPress would otherwise read them as shortcodes.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from tesselle.connectors.dialects import articles


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
    blocks = [_paragraph(part) for part in articles.paragraphs(text)]
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
    return f"<!-- wp:paragraph -->\n<p>{articles.lines(text, escaped)}</p>\n<!-- /wp:paragraph -->"


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
