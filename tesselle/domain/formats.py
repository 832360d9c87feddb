"""What a post mainly is, whatever the network: the formats that are compared."""

from tesselle.domain.content import Content

FORMATS = ("text", "picture", "pictures", "film", "document", "poll")


def format_of(content: Content) -> str:
    """What a post mainly is."""
    kinds = [media.kind for media in content.media]
    if content.poll is not None:
        return "poll"
    if "video" in kinds:
        return "film"
    if "document" in kinds:
        return "document"
    if len(kinds) > 1:
        return "pictures"
    return "picture" if kinds else "text"
