"""What the composer accepts the network accepts, and what it refuses the network refuses.

Posts drawn at random, most of them within two units of a limit, are shown to the check and to the
network's sandbox through the real connector. The sandbox counts by code of its own.
"""

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tesselle.connectors.objections import with_objections
from tesselle.connectors.protocols import Account, Connector
from tesselle.connectors.tests.contract import content_for
from tesselle.connectors.tests.exactness import LONGEST_TRIED, is_taken
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits, TextLimit

Check = Callable[[Content, Limits], bool]
Count = Callable[[str, TextLimit], int]

SIGNS = (
    *("a", "e", "mot ", "Été", "e\u0301", "ß", "€", "中", "مرحبا ", "שלום ", "😀", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇭"),
    *("& ", "<b>", '"', "\\", "\n", "#tag ", "*gras* ", "_x_ "),
    *("https://carreaux.example/sols?u=1&v=2 ", "carreaux.example ", "@alice ", "@alice@social.example "),
)
NOT_ESCAPED = tuple(sign for sign in SIGNS if not set(sign) & set("<>&"))
"""Some networks keep what is left as more signs than were typed, which is refused by another rule."""
NEAR = 2
"""Units from a limit within which a post counts as near."""
ALBUM_TRIED = 12
HEAVY_SHARE = 0.003
"""Files of full weight are drawn rarely: they are slow to write."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """`off`: how far from the limit in question, below zero when it fits."""

    content: Content
    what: str
    off: int


@dataclass(slots=True)
class Tally:
    posts: int = 0
    near: int = 0
    refused: int = 0


class Drawer:
    """Draws posts for one stage. Each place that has a limit is filled to around it in turn."""

    def __init__(self, stage: Stage, count: Count, dice: random.Random) -> None:
        self._stage, self._count, self._dice = stage, count, dice
        self._limits: Limits = stage.plugin.connector.limits(stage.account)
        self._base = content_for(stage, "Carreaux")
        self._places = list(self._with_limits())
        assert self._places, f"{stage.plugin.card.slug}: no limit can be reached"

    def draw(self) -> Drawn:
        if self._dice.random() < HEAVY_SHARE and (heavy := self._heavy()) is not None:
            return heavy
        return self._dice.choice(self._places)()

    def _with_limits(self) -> Iterator[Callable[[], Drawn]]:
        limits = self._limits
        yield from (self._text_of(limit) for limit in limits.texts if limit.maximum <= LONGEST_TRIED)
        if limits.caption is not None:
            yield self._caption
        if limits.title is not None and limits.title.maximum <= LONGEST_TRIED:
            yield self._title
        if limits.alt is not None and limits.max_images and limits.alt.maximum <= LONGEST_TRIED:
            yield self._alt
        if limits.image is not None and 0 < limits.max_images <= ALBUM_TRIED:
            yield self._album

    def _off(self) -> int:
        """Mostly within two units of the limit; sometimes anywhere below, or well above."""
        if self._dice.random() < 0.8:
            return self._dice.randint(-NEAR, NEAR)
        return self._dice.choice((-self._dice.randint(3, 200), self._dice.randint(3, 50)))

    def filled(self, limit: TextLimit, off: int, signs: Sequence[str] = SIGNS) -> str:
        """Words that count as `limit.maximum + off`, without space at either end."""
        wanted = max(limit.maximum + off, 2)
        text, used = "A", self._count("A", limit)
        most = max(1, wanted // 8)
        while used < wanted - 40:
            run = "".join(self._dice.choices(signs, k=most))
            longer = text + run
            if (length := self._count(longer, limit)) > wanted - 2:
                if most <= max(wanted // 64, 1):
                    break
                most //= 2
                continue
            text, used = longer, length
        return text + "a" * (wanted - used)

    def _text_of(self, limit: TextLimit) -> Callable[[], Drawn]:
        def drawn() -> Drawn:
            off = self._off()
            return Drawn(replace(self._base, text=self.filled(limit, off)), f"text {limit.unit}", off)

        return drawn

    def _caption(self) -> Drawn:
        assert self._limits.caption is not None
        off = self._off()
        base = content_for(self._stage, "Carreaux", media=True)
        return Drawn(replace(base, text=self.filled(self._limits.caption, off)), "caption", off)

    def _title(self) -> Drawn:
        assert self._limits.title is not None
        off = self._off()
        signs = self._dice.choice((SIGNS, NOT_ESCAPED))
        title = self.filled(self._limits.title, off, signs).replace("\n", " ")
        return Drawn(replace(self._base, title=title), "title", off)

    def _alt(self) -> Drawn:
        assert self._limits.alt is not None
        off = self._off()
        picture = self._stage.image(alt=self.filled(self._limits.alt, off))
        return Drawn(replace(self._base, media=(picture,)), "alt", off)

    def _album(self) -> Drawn:
        off = self._dice.randint(-min(NEAR, self._limits.max_images - 1), NEAR)
        many = self._limits.max_images + off
        pictures = tuple(self._stage.image(f"{number}.png") for number in range(many))
        album = (*self._stage.beside_pictures(self._limits), *pictures)
        return Drawn(replace(self._base, media=album), "album", off)

    def _heavy(self) -> Drawn | None:
        image = self._limits.image
        if image is None or not self._limits.max_images or not 0 < image.max_bytes <= 20_000_000:
            return None
        off = self._dice.randint(-NEAR, NEAR)
        picture = self._stage.image("heavy.png", size_bytes=image.max_bytes + off)
        return Drawn(replace(self._base, media=(picture,)), "weight", off)


def objected(connector: Connector, content: Content, account: Account) -> bool:
    """What the composer says beyond limits, where they have nothing to say."""
    return bool(with_objections((), connector, content, account))


async def composer_and_network_agree(
    stage: Stage, check: Check, count: Count, *, posts: int, seed: int, ours: Collection[str] = ()
) -> Tally:
    """Show `posts` drawn posts to both; fails with the first on which they differ. `ours`: where we keep to
    what the network's own app allows, and its server takes more."""
    drawer, tally = Drawer(stage, count, random.Random(seed)), Tally()
    connector = stage.plugin.connector
    limits = connector.limits(stage.account)
    for number in range(posts):
        drawn = drawer.draw()
        said = check(drawn.content, limits) and not objected(connector, drawn.content, stage.account)
        taken = await is_taken(stage, drawn.content)
        is_stricter = drawn.what in ours and not said
        assert said == taken or is_stricter, (
            f"{stage.plugin.card.slug}, post {number} of seed {seed}: {drawn.what} {drawn.off:+} of its limit: the "
            f"check says {'yes' if said else 'no'}, the network {'takes' if taken else 'refuses'} it:\n"
            f"{drawn.content.text[:200]!r} / {drawn.content.title[:80]!r}"
        )
        tally.posts += 1
        tally.near += abs(drawn.off) <= NEAR
        tally.refused += not said
    return tally
