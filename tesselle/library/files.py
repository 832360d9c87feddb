"""Where a connector finds the files of a content."""

from dataclasses import dataclass
from pathlib import Path

from tesselle.domain.content import Media


@dataclass(frozen=True, slots=True)
class LibraryFiles:
    """`MediaFiles` in the media folder; an asset's name is its path below it."""

    folder: Path

    def path(self, media: Media) -> Path:
        path = (self.folder / media.asset).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise LookupError("an asset lies outside the media folder")
        return path
