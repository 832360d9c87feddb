"""Whether a GIF moves: its blocks are walked along, nothing is unpacked."""

from pathlib import Path
from typing import IO

_IMAGE, _EXTENSION = b"\x2c", b"\x21"


def moves(path: Path) -> bool:
    """Whether a second picture begins in it. What is damaged does not: its decoder will say so."""
    with path.open("rb") as file:
        header = file.read(13)
        if len(header) < 13:
            return False
        _skip_colours(file, header[10])
        pictures = 0
        while pictures < 2:
            mark = file.read(1)
            if mark == _EXTENSION:
                file.read(1)
            elif mark == _IMAGE:
                pictures += 1
                described = file.read(9)
                _skip_colours(file, described[8] if len(described) == 9 else 0)
                file.read(1)
            else:
                return False
            _skip_blocks(file)
        return True


def _skip_colours(file: IO[bytes], packed: int) -> None:
    if packed & 0x80:
        file.seek(3 << ((packed & 7) + 1), 1)


def _skip_blocks(file: IO[bytes]) -> None:
    while length := file.read(1):
        if length == b"\x00":
            return
        file.seek(length[0], 1)
