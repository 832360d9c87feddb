"""How a film is cut for its upload: pieces of 10 MB, the last one with what is left over."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 10_000_000
"""TikTok takes pieces of 5 to 64 MB, the last of up to 128 MB, and a film below 5 MB in one."""


@dataclass(frozen=True, slots=True)
class Cut:
    size: int
    piece: int
    count: int

    def span(self, number: int) -> tuple[int, int]:
        """Where a piece begins and where the next would."""
        start = number * self.piece
        return start, self.size if number == self.count - 1 else start + self.piece

    def missing(self, there: int) -> Iterator[int]:
        """The pieces that are still to go up, when so many bytes are there."""
        return iter(range(min(there // self.piece, self.count - 1), self.count))

    def to_json(self) -> dict[str, int]:
        return {"video_size": self.size, "chunk_size": self.piece, "total_chunk_count": self.count}


def cut(size: int, piece: int = PIECE) -> Cut:
    """Whole pieces are counted, never rounded up."""
    return Cut(size, piece, size // piece) if size >= piece else Cut(size, size, 1)


def read(path: Path, start: int, end: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(end - start)
