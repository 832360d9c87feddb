"""Pictures of tiles and rooms, drawn here: nobody's photographs.

Each is a pattern in a palette, seen flat, on a floor or behind a piece of furniture. The same name
gives the same picture.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

WIDTH, HEIGHT = 1200, 900

PALETTES = {
    "lac": ("#e9e4d8", "#12466b", "#1f6f94", "#3d93ad", "#7cb8c1", "#b9d8d4"),
    "terre": ("#efe6d9", "#a34a2a", "#bf6238", "#cf7f4f", "#8f3f26", "#dba377"),
    "sauge": ("#f1eee4", "#5f7d68", "#7d9a82", "#9bb39b", "#4c6856", "#bccab5"),
    "pierre": ("#d3cec4", "#a9a397", "#b7b1a5", "#9b958a", "#c3beb3", "#8d887e"),
    "nuit": ("#c9b27c", "#16233b", "#1d2f4f", "#243a60", "#101a2d", "#2d4570"),
    "craie": ("#c9c5bb", "#f4f1ea", "#ece8df", "#f8f6f1", "#e4dfd4", "#efebe3"),
    "miel": ("#f3ecdc", "#c8912f", "#d9a84c", "#e4bd71", "#a87722", "#ecd19c"),
}

Polygon = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """`scene`: flat, floor, basin, counter, stove or terrace."""

    pattern: str
    palette: str
    scene: str
    size: int = 60


@lru_cache(maxsize=24)
def jpeg(name: str, picture: Picture) -> bytes:
    """The picture as a file, 1200 by 900; a process keeps some megabytes of what it drew."""
    import pyvips  # the pages never need it

    from tesselle.sandbox.company.light import photographed

    drawn = pyvips.Image.svgload_buffer(svg(name, picture).encode())
    seen = photographed(drawn.flatten(background=[255, 255, 255]), name)
    data: bytes = seen.jpegsave_buffer(Q=86, keep="none")
    return data


def svg(name: str, picture: Picture) -> str:
    chance = random.Random(name)  # noqa: S311
    grout, *glazes = PALETTES[picture.palette]
    tiles = "".join(_tiles(picture, glazes, chance))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{_DEFS}<rect width="100%" height="100%" fill="{grout}"/>'
        f'{tiles}<rect width="100%" height="100%" fill="url(#light)"/>{SCENES[picture.scene]}</svg>'
    )


def _tiles(picture: Picture, glazes: list[str], chance: random.Random) -> Iterator[str]:
    for number, (fill_hint, path) in enumerate(PATTERNS[picture.pattern](picture.size, chance)):
        glaze = glazes[int(fill_hint) % len(glazes)] if fill_hint else chance.choice(glazes)
        shade = chance.uniform(0.86, 1.0)
        yield f'<path d="{path}" fill="{glaze}" fill-opacity="{shade:.2f}"/>'
        if number % 3 == 0:
            yield f'<path d="{path}" fill="#fff" fill-opacity="{chance.uniform(0, 0.1):.2f}"/>'


def _polygon(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _box(x: float, y: float, width: float, height: float) -> str:
    return _polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def zellige(size: int, chance: random.Random) -> Iterator[Polygon]:
    """Hand-cut squares: no two quite alike."""
    for y in range(0, HEIGHT, size):
        for x in range(0, WIDTH, size):
            corners = [
                (x + 2, y + 2),
                (x + size - 2, y + 2),
                (x + size - 2, y + size - 2),
                (x + 2, y + size - 2),
            ]
            yield "", _polygon([(a + chance.uniform(-2, 2), b + chance.uniform(-2, 2)) for a, b in corners])


def checker(size: int, _chance: random.Random) -> Iterator[Polygon]:
    """Squares on their points, two glazes."""
    for row in range(-1, 2 * HEIGHT // size + 2):
        for column in range(-1, WIDTH // size + 2):
            x, y, half = column * size + (row % 2) * size / 2, row * size / 2, size / 2 - 2
            yield str(3 * (row % 2)), _polygon([(x, y - half), (x + half, y), (x, y + half), (x - half, y)])


def hexagons(size: int, _chance: random.Random) -> Iterator[Polygon]:
    wide, radius = size * math.sqrt(3) / 2, size / 2 - 2
    for row in range(int(HEIGHT / (size * 0.75)) + 2):
        for column in range(int(WIDTH / wide) + 2):
            x, y = column * wide + (row % 2) * wide / 2, row * size * 0.75
            turns = [math.pi / 6 + step * math.pi / 3 for step in range(6)]
            yield "", _polygon([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in turns])


def metro(size: int, _chance: random.Random) -> Iterator[Polygon]:
    """Bevelled bricks in running bond."""
    for row, y in enumerate(range(0, HEIGHT, size)):
        for x in range(-2 * size, WIDTH, 2 * size):
            yield "", _box(x + (row % 2) * size + 2, y + 2, 2 * size - 4, size - 4)


def herringbone(size: int, _chance: random.Random) -> Iterator[Polygon]:
    """Planks of one to two, laid at right angles."""
    for i in range(-12, WIDTH // size + 12):
        for j in range(-12, HEIGHT // size + 12):
            if (i - j) % 4 == 0:
                yield "", _box(i * size + 2, j * size + 2, 2 * size - 4, size - 4)
            if (i - j) % 4 == 3:
                yield "", _box(i * size + 2, j * size + 2, size - 4, 2 * size - 4)


def scales(size: int, _chance: random.Random) -> Iterator[Polygon]:
    """Fish scales, each row over the one above."""
    for row in range(HEIGHT * 2 // size + 2, -2, -1):
        y, radius = row * size / 2, size / 2 - 2
        for column in range(-1, WIDTH // size + 2):
            x = column * size + (row % 2) * size / 2
            side = size / 2
            curve = f"a{radius} {radius} 0 0 0 {2 * radius} 0"
            yield "", f"M{x - radius:.1f} {y - side:.1f}v{side:.1f}{curve}v-{side:.1f}Z"


def stars(size: int, _chance: random.Random) -> Iterator[Polygon]:
    """Eight-pointed stars and the crosses between them."""
    for row in range(HEIGHT // size + 2):
        for column in range(WIDTH // size + 2):
            x, y = column * size, row * size
            turns = [(step * math.pi / 8, size * (0.49 if step % 2 == 0 else 0.375)) for step in range(16)]
            yield "0", _polygon([(x + r * math.cos(a), y + r * math.sin(a)) for a, r in turns])
            arm = size * 0.14
            cx, cy = x + size / 2, y + size / 2
            yield (
                "2",
                _polygon([(cx, cy - 2 * arm), (cx + 2 * arm, cy), (cx, cy + 2 * arm), (cx - 2 * arm, cy)]),
            )


def terrazzo(size: int, chance: random.Random) -> Iterator[Polygon]:
    """Chips of stone of all sizes."""
    for _ in range(60_000 // size):
        x, y, radius = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT), chance.uniform(0.12, 0.5) * size
        turns = sorted(chance.uniform(0, 2 * math.pi) for _ in range(chance.randint(4, 7)))
        yield "", _polygon([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in turns])


def slabs(size: int, _chance: random.Random) -> Iterator[Polygon]:
    """Large formats with thin joints."""
    for y in range(0, HEIGHT, 4 * size):
        for x in range(0, WIDTH, 4 * size):
            yield "", _box(x + 1.5, y + 1.5, 4 * size - 3, 4 * size - 3)


PATTERNS: dict[str, Callable[[int, random.Random], Iterator[Polygon]]] = {
    "zellige": zellige,
    "checker": checker,
    "hexagons": hexagons,
    "metro": metro,
    "herringbone": herringbone,
    "scales": scales,
    "stars": stars,
    "terrazzo": terrazzo,
    "slabs": slabs,
}

_DEFS = """<defs><linearGradient id="light" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff"
stop-opacity=".22"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000"
stop-opacity=".2"/></linearGradient><linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0"
stop-color="#f6f2ea"/><stop offset="1" stop-color="#e6dfd2"/></linearGradient><linearGradient id="wood" x1="0"
y1="0" x2="1" y2="0"><stop offset="0" stop-color="#a9794c"/><stop offset="1" stop-color="#c39766"/>
</linearGradient><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9fc4dd"/><stop
offset="1" stop-color="#f1e9da"/></linearGradient></defs>"""

SCENES = {
    "flat": "",
    # a wall with a plinth and an armchair above a tiled floor
    "floor": """<rect width="1200" height="430" fill="url(#wall)"/><rect y="412" width="1200" height="22"
fill="#fbf9f5"/><rect y="434" width="1200" height="16" fill="#000" opacity=".12"/><rect x="120" y="70" width="250"
height="300" fill="#dfe9ec" stroke="#fff" stroke-width="16"/><path d="M245 70v300M120 220h250" stroke="#fff"
stroke-width="8"/><ellipse cx="870" cy="640" rx="250" ry="34" fill="#000" opacity=".22"/><path d="M700 300q0-40
40-40h250q40 0 40 40v170h-330z" fill="#56707a"/><rect x="660" y="400" width="70" height="190" rx="30"
fill="#48616b"/><rect x="1000" y="400" width="70" height="190" rx="30" fill="#48616b"/><rect x="700" y="450"
width="330" height="110" rx="22" fill="#6a858f"/><path d="M690 588v48M1040 588v48" stroke="#8a6239"
stroke-width="14"/>""",
    # a washbasin on a wooden shelf, a round mirror above
    "basin": """<circle cx="600" cy="270" r="182" fill="#6b4f33"/><circle cx="600" cy="270" r="172"
fill="#dfe8ea"/><path d="M470 330a172 172 0 0 1 180-222z" fill="#fff" opacity=".5"/><rect x="300" y="650"
width="600" height="54" fill="url(#wood)"/><rect x="300" y="704" width="600" height="12" fill="#000"
opacity=".25"/><path d="M440 560h320q-8 92-90 92h-140q-82 0-90-92z" fill="#fbfaf7"/><rect x="430" y="548"
width="340" height="20" rx="10" fill="#fff"/><path d="M600 548v-62q0-24 26-24h34" fill="none" stroke="#b08d4f"
stroke-width="16" stroke-linecap="round"/><rect x="806" y="560" width="46" height="90" rx="8"
fill="#8c9a83"/><path d="M829 560q-40-70-16-120M829 560q30-66 52-104" fill="none" stroke="#5d7a55"
stroke-width="7"/>""",
    # a kitchen counter with a board and two jars under a shelf
    "counter": """<rect y="640" width="1200" height="46" fill="url(#wood)"/><rect y="686" width="1200" height="214"
fill="#e9e5dc"/><path d="M300 700v200M600 700v200M900 700v200" stroke="#cfc9bd" stroke-width="6"/><path d="M240
760h60M540 760h60M840 760h60" stroke="#b08d4f" stroke-width="10" stroke-linecap="round"/><rect x="150" y="190"
width="900" height="30" fill="url(#wood)"/><rect x="150" y="220" width="900" height="10" fill="#000"
opacity=".22"/><rect x="220" y="90" width="90" height="100" rx="10" fill="#f3efe6"/><rect x="340" y="60"
width="70" height="130" rx="10" fill="#c7d2ce"/><circle cx="900" cy="140" r="50" fill="#f3efe6"/><rect x="760"
y="400" width="220" height="240" rx="26" fill="#b58655"/><circle cx="870" cy="440" r="14" fill="#7d5834"/><rect
x="260" y="520" width="110" height="120" rx="16" fill="#3f5963"/><rect x="260" y="504" width="110" height="26"
rx="10" fill="#2f464f"/>""",
    # a wood stove on a tiled hearth
    "stove": """<rect width="1200" height="300" fill="url(#wall)"/><rect y="292" width="1200" height="14"
fill="#000" opacity=".1"/><rect x="560" width="80" height="230" fill="#2c2f33"/><rect x="430" y="220" width="340"
height="440" rx="18" fill="#33373c"/><rect x="470" y="290" width="260" height="190" rx="10" fill="#191b1e"/><path
d="M530 478q-14-70 40-120 4 40 34 52 8-54-6-84 92 66 62 152z" fill="#e08a34"/><path d="M566 478q0-42 36-66 34 34
24 66z" fill="#f4c766"/><ellipse cx="600" cy="690" rx="230" ry="26" fill="#000" opacity=".28"/><path d="M470
660v30M730 660v30" stroke="#22252a" stroke-width="22"/>""",
    # a terrace before lake and mountains
    "terrace": """<rect width="1200" height="400" fill="url(#sky)"/><path d="M0 300l150-110 120 80 160-150 170 150
140-90 180 120 130-80 150 90v90H0z" fill="#8296a6"/><path d="M0 340l220-70 260 60 300-80 420 90v60H0z"
fill="#6d8494"/><rect y="350" width="1200" height="56" fill="#5f93ab"/><rect y="400" width="1200" height="16"
fill="#f2eee6"/><path d="M60 416v-130M360 416v-130M660 416v-130M960 416v-130M0 290h1200" stroke="#3a3f42"
stroke-width="8"/><rect x="860" y="520" width="180" height="200" rx="10" fill="#b3603a"/><path
d="M950 520q-90-120-40-240M950
520q10-130 90-200M950 520q-30-110-120-150" fill="none" stroke="#5b7a4d" stroke-width="16"/>""",
}
