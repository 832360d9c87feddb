"""A post of just that composition, in words and pictures: what the simulated public is shown, and what the product
sees of it."""

from collections.abc import Mapping, Sequence

from tesselle.domain.content import Content, Media
from tesselle.ops.bench.loop.lived.habits import Intended

OF_PILLAR = {
    "work": "Chantier terminé",
    "advice": "Conseil pour choisir",
    "people": "Merci à toute une équipe",
    "offer": "Offre à bon prix",
}
"""By words that tell its theme to the simulated public."""

PLAIN = " Voici ce que nous en disons, tout simplement."
"""Of no theme."""

SIGNS = (60, 120, 220, 450, 900, 1500)
"""So long is a text of each level of length, its hashtags included."""

TAGS = (0, 2, 4)
PICTURES = {"text": 0, "image": 1, "carousel": 2}
AS_THE_PRODUCT_SAYS: Mapping[str, str] = {"text": "text", "image": "picture", "carousel": "pictures"}
AS_THE_SIMULATION_SAYS: Mapping[str, str] = {said: name for name, said in AS_THE_PRODUCT_SAYS.items()}


def content_of(post: Intended, pictures: Sequence[Media]) -> Content:
    made = post.made
    tags = "".join(f" #n{number}" for number in range(TAGS[made.hashtags]))
    begin = f"{OF_PILLAR[made.pillar]} {post.number}{' ?' if 'question' in made.flags else '.'}"
    room = max(SIGNS[made.length] - len(begin) - len(tags), 0)
    filled = (PLAIN * (room // len(PLAIN) + 1))[:room].rstrip()
    return Content(
        text=f"{begin}{filled}{tags}",
        media=tuple(pictures[: PICTURES[made.format]]),
        language="fr",
    )
