"""Pictures bound to a PDF: each on a page of its own, and nothing else in the file.

Written by hand, because then what is in it can be read here: a catalogue, pages, JPEGs. There is no place
for scripts, forms, links or files in it, and the same pictures give the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: a JPEG of three colours, and how large it is drawn, in points."""

    path: Path
    width_px: int
    height_px: int
    width_pt: float
    height_pt: float


def bind(leaves: Sequence[Leaf], target: Path) -> None:
    """Objects 1 and 2 are the catalogue and the tree; each leaf has three more."""
    with target.open("wb") as file:
        file.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, (head, stream) in enumerate(_objects(leaves), start=1):
            places.append(file.tell())
            file.write(b"%d 0 obj\n" % number + head)
            if stream is not None:
                file.write(b"\nstream\n" + stream + b"\nendstream")
            file.write(b"\nendobj\n")
        index = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        file.writelines(b"%010d 00000 n \n" % place for place in places)
        file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(places) + 1))
        file.write(b"startxref\n%d\n%%%%EOF\n" % index)


def _objects(leaves: Sequence[Leaf]) -> Iterator[tuple[bytes, bytes | None]]:
    kids = b" ".join(b"%d 0 R" % _first(index) for index in range(len(leaves)))
    yield b"<< /Type /Catalog /Pages 2 0 R >>", None
    yield b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(leaves), kids), None
    for index, leaf in enumerate(leaves):
        first, size = _first(index), b"%.2f %.2f" % (leaf.width_pt, leaf.height_pt)
        yield (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %b] /Contents %d 0 R "
            b"/Resources << /XObject << /P %d 0 R >> >> >>" % (size, first + 1, first + 2),
            None,
        )
        drawn = b"%.2f 0 0 %.2f 0 0 cm /P Do" % (leaf.width_pt, leaf.height_pt)
        yield b"<< /Length %d >>" % len(drawn), drawn
        data = leaf.path.read_bytes()
        yield (
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
            b"/BitsPerComponent 8 /Filter /DCTDecode /Length %d >>"
            % (leaf.width_px, leaf.height_px, len(data)),
            data,
        )


def _first(index: int) -> int:
    return 3 + 3 * index
