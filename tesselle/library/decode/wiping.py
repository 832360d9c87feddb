"""Before and after as a short film, in which the second picture wipes over the first."""

from pathlib import Path
from typing import Any

from tesselle.library.decode.coder import coded_from
from tesselle.library.decode.transcoding import Tell, kept_film

STILL_SECONDS, WIPE_SECONDS, END_SECONDS = 1.5, 2.0, 2.5
"""The first picture stands, gives way, and the second stands."""

SECONDS = STILL_SECONDS + WIPE_SECONDS + END_SECONDS
FPS = 25


def wipe(before: Any, after: Any, folder: Path, tell: Tell) -> dict[str, Any]:
    """`before`, `after`: already cut to one size, in even numbers. `tell`: given shares of the work."""
    stills = (folder / "before.png", folder / "after.png")
    for image, path in zip((before, after), stills, strict=True):
        image.pngsave(str(path), keep="none", compression=1)
    sources = [
        word for path in stills for word in ("-framerate", str(FPS), "-f", "image2", "-i", f"file:{path}")
    ]
    shown = (STILL_SECONDS + WIPE_SECONDS, WIPE_SECONDS + END_SECONDS)
    # Read once and repeated as it is: reading the file anew for each frame takes most of the time.
    standing = ";".join(
        f"[{number}]format=yuv420p,loop=loop={round(FPS * seconds) - 1}:size=1[{number}s]"
        for number, seconds in enumerate(shown)
    )
    wiped = (
        f"[0s][1s]xfade=transition=wiperight:duration={WIPE_SECONDS}:offset={STILL_SECONDS},format=yuv420p"
    )
    arguments = [
        *("-filter_complex", f"{standing};{wiped}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-profile:v", "high"),
        *("-flags:v", "+bitexact", "-movflags", "+faststart"),
    ]
    coded_from(sources, arguments, folder / "made.mp4", lambda seconds: tell(min(1.0, seconds / SECONDS)))
    return kept_film(folder / "made.mp4", folder)
