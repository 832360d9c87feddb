"""One idea with one phone photo, for every network there is: what the composer accepts, none refuses.

The photo is what a phone takes: HEIC, 48 megapixels, portrait. As in sending, each network is handed
the file that its limits ask for.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tesselle.connectors.card import Ability
from tesselle.connectors.tests.stage import RECIPIENT, Stage, open_stage
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import FORMAT, Content, Media
from tesselle.domain.fitting import fitted
from tesselle.domain.limits import Limits
from tesselle.domain.verdicts import Accepted
from tesselle.networks import plugin, slugs

PHONE_PHOTO = Media("image", "image/heic", 11_400_000, 6_048, 8_064, alt="Un sol de grès bleu, posé hier")
TITLE = "Quarante mètres carrés en trois jours"
TEXT = "Hier, à Morges : 40 m² de grès bleu, deux carreleurs, zéro poussière. #carrelage"
FILMS_ONLY = {"youtube"}
"""Where a photo alone is nothing: the composer says so, and asks for a film."""


def file_for(stage: Stage, limits: Limits) -> Media:
    """The photo as the network will be given it, with a real file."""
    made = fitted(PHONE_PHOTO, limits.image)
    name = f"photo.{made.mime.partition('/')[2]}"
    path = stage.folder / name
    Image.new("L", (made.width_px, made.height_px), 96).save(path, made.mime.partition("/")[2])
    size = path.stat().st_size
    return Media("image", made.mime, size, made.width_px, made.height_px, alt=PHONE_PHOTO.alt, asset=name)


def ideas_for(stage: Stage) -> Iterator[tuple[Content, Limits]]:
    """In each form that the network knows (feed, story, photos ...), as the writer is offered them."""
    on_a_list = Ability.SUBSCRIBERS in stage.plugin.card.abilities
    for format, limits in stage.plugin.connector.limits(stage.account).each():
        takes_photos = limits.image is not None and limits.max_images
        yield (
            Content(
                text=TEXT if all(limit.maximum for limit in limits.texts) else "",
                title=TITLE if limits.title is not None else "",
                media=(file_for(stage, limits),) if takes_photos else (),
                options={**stage.options, **({FORMAT: format} if format else {})},
                language="fr",
                recipients=(RECIPIENT,) if on_a_list else (),
            ),
            limits,
        )


@pytest.mark.parametrize("slug", slugs())
async def test_what_the_composer_accepts_of_one_idea_no_network_refuses(slug: str, tmp_path: Path):
    stage = await open_stage(plugin(slug), tmp_path)

    accepted = [idea for idea, limits in ideas_for(stage) if is_plannable(check(idea, limits))]

    assert bool(accepted) == (slug not in FILMS_ONLY)
    for idea in accepted:
        verdict = await stage.send(await stage.prepared(stage.step(idea)))
        assert isinstance(verdict, Accepted), verdict
