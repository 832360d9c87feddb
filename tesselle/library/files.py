"""Where a connector finds the files of a content, and where a network may fetch them itself."""

from dataclasses import dataclass
from pathlib import Path

from tesselle.domain.content import Media
from tesselle.library.public import address_of
from tesselle.library.storage import Store, store_for


@dataclass(frozen=True, slots=True)
class LibraryFiles:
    """`MediaFiles` over the store; an asset's name is its path there."""

    folder: Path

    @property
    def store(self) -> Store:
        return store_for(self.folder)

    def path(self, media: Media) -> Path:
        """Raises OSError: it is not there, or the bucket does not answer."""
        return self.store.local(media.asset)

    def address(self, media: Media) -> str:
        return address_of(media.asset, self.store)
