"""What a picture looks like from far away, in 64 bits: near-duplicates differ in few of them.

The picture is shrunk to nine by eight greys; each bit says whether a spot is brighter than the one to its
right (the "difference hash"). Another size, weight or a little light changes few bits; another picture half.
"""

from itertools import pairwise
from typing import Any

COLUMNS, ROWS = 9, 8
FLAT_BITS = 6
"""A picture with fewer bits of one kind is nearly plain: it says too little to compare it."""


def look_of(image: Any) -> int | None:
    """Signed, as a database keeps 64 bits; None for what is nearly plain."""
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    grey = flat.colourspace("b-w").thumbnail_image(COLUMNS, height=ROWS, size="force").cast("uchar")
    spots = grey.write_to_memory()
    bits = 0
    for row in range(ROWS):
        line = spots[row * COLUMNS : (row + 1) * COLUMNS]
        for left, right in pairwise(line):
            bits = bits << 1 | (left > right)
    if not FLAT_BITS <= bits.bit_count() <= 64 - FLAT_BITS:
        return None
    return bits - (1 << 64) if bits >> 63 else bits
