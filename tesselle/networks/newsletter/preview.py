"""What the preview says that the words alone do not: the subject as it will stand."""

from tesselle.domain.content import Content
from tesselle.networks.newsletter.letter import subject


def facts(content: Content, handle: str) -> dict[str, object]:
    return {"subject": subject(content)}
