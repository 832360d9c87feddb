"""The type of a file by its first bytes; its name is never asked."""

from typing import Literal

HEAD_BYTES = 512

Kind = Literal["jpeg", "png", "webp", "gif", "heif", "avif", "mov", "matroska", "pdf", ""]

_HEIF = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
FILMS = frozenset({"mov", "matroska"})


def sniff(head: bytes) -> Kind:
    """Empty for what we do not take."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head[4:8] == b"ftyp":
        return _brand(head)
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free"):  # QuickTime without a brand
        return "mov"
    return ""


def _brand(head: bytes) -> Kind:
    """`mif1` alone says only "a picture": the compatible brands tell which."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    if any(brand in _AVIF for brand in brands):
        return "avif"
    if any(brand in _HEIF for brand in brands):
        return "heif"
    return "mov"


def why_not(head: bytes) -> str:
    """What a file is that we do not take, as a key of `refusals.SENTENCES`."""
    words = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if words.startswith((b"<!doctype html", b"<html")):
        return "web_page"
    return "drawing" if words.startswith(b"<") and b"<svg" in words else "not_media"
