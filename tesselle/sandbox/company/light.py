"""What makes a drawing look photographed: relief where colours meet, uneven light, a lens, some grain."""

import zlib

import pyvips

BLUR = 0.7
RELIEF = 0.2
UNEVEN = 0.022
PATCH_PX = 150
GRAIN = 4.0
CORNERS = 0.22
"""By so much the corners are darker than the middle."""


def photographed(drawn: pyvips.Image, name: str) -> pyvips.Image:
    """The same name gives the same picture."""
    seed = zlib.crc32(name.encode()) >> 1
    soft = drawn.gaussblur(BLUR).cast("float")
    lit = (soft + _relief(soft)) * _unevenness(soft.width, soft.height, seed) * _lens(soft.width, soft.height)
    grain = pyvips.Image.gaussnoise(soft.width, soft.height, mean=0, sigma=GRAIN, seed=seed)
    return (lit + grain).cast("uchar").copy(interpretation="srgb")


def _relief(image: pyvips.Image) -> pyvips.Image:
    """Edges catch light from the upper left: tiles stand a little above their joints."""
    kernel = pyvips.Image.new_from_array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])
    grey = image.extract_band(0, n=3).bandmean()
    return grey.conv(kernel, precision="float").gaussblur(0.8) * -RELIEF


def _unevenness(width: int, height: int, seed: int) -> pyvips.Image:
    """Soft patches, as fired glazes and daylight have them."""
    across, down = width // PATCH_PX + 2, height // PATCH_PX + 2
    noise = pyvips.Image.gaussnoise(across, down, mean=1, sigma=UNEVEN, seed=seed)
    return noise.resize(PATCH_PX, kernel="cubic").crop(PATCH_PX // 2, PATCH_PX // 2, width, height)


def _lens(width: int, height: int) -> pyvips.Image:
    place = pyvips.Image.xyz(width, height)
    across, down = place[0] / width - 0.5, place[1] / height - 0.5
    return (across * across + down * down) * (-2 * CORNERS) + 1 + CORNERS / 8
