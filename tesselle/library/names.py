"""How kept files are called: by their content, so that the same bytes are kept once."""

from pathlib import PurePosixPath


def kept(digest: str, suffix: str) -> str:
    return f"assets/{digest[:2]}/{digest}{suffix}"


def original_of(digest: str, suffix: str) -> str:
    """Beside the film that is shown, which may have the same suffix."""
    return f"assets/{digest[:2]}/{digest}.original{suffix}"


def thumb_of(name: str) -> str:
    """The small picture of a kept file, beside it; a film's and a document's is a JPEG."""
    path = PurePosixPath(name)
    suffix = ".jpg" if path.suffix in (".mp4", ".pdf") else path.suffix
    return str(path.with_name(f"{path.stem}.thumb{suffix}"))


def poster_of(name: str) -> str:
    """A film's still in its full size."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.poster.jpg"))


def page_of(name: str, number: int) -> str:
    """One page of a kept document as a picture, counted from 1."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.page-{number}.jpg"))


def made(digest: str, key: str, suffix: str) -> str:
    """A rendition: by the content it is made of and the recipe."""
    return f"renditions/{digest[:2]}/{digest}-{key}{suffix}"


MIME_OF = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
}


def mime_of(name: str) -> str:
    """Of a file that we wrote ourselves; empty for any other."""
    return MIME_OF.get(PurePosixPath(name).suffix, "")
