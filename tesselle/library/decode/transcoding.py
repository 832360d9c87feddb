"""The film that every browser and network plays: H.264 and AAC in an MP4, upright, in plain colours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tesselle.domain.fitting import Recipe
from tesselle.library.decode import burning
from tesselle.library.decode.bounds import RefusedError
from tesselle.library.decode.coder import coded
from tesselle.library.decode.films import Film, probe
from tesselle.library.decode.pictures import THUMB_SIDE_PX

LONGEST_SIDE_PX = 1920
MOST_FPS = 60.0
MOST_BITS_A_SECOND = 12_000_000
SOUND_BITS_A_SECOND = 128_000
LEAST_SOUND_BITS_A_SECOND = 64_000
POSTER_AT = 0.1
"""Where the poster is taken, as a share of the film: the first picture is often black."""

_PLAIN_COLOURS = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv"
)
Tell = Callable[[float], None]


def master(source: Path, folder: Path, kind: str, tell: Tell, captions: str = "") -> dict[str, Any]:
    """The kept film, its poster and its thumbnail; copied instead of coded where it is fine already."""
    film = probe(source, kind)
    path = folder / "made.mp4"
    width, height = master_size(film.width, film.height)
    if captions:
        written = burning.filter_of(captions, folder)
        arguments = _arguments(film, f"scale={width}:{height},setsar=1,{written}", MOST_BITS_A_SECOND)
    elif _is_fine(film, kind):
        arguments = ["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy", "-movflags", "+faststart"]
    else:
        arguments = _arguments(film, f"scale={width}:{height}:flags=bicubic,setsar=1", MOST_BITS_A_SECOND)
    coded(source, kind, arguments, path, _share(film.seconds, tell))
    return kept_film(path, folder)


def kept_film(path: Path, folder: Path) -> dict[str, Any]:
    """The facts of a film of ours, with the poster and the thumbnail that are kept beside it."""
    made = probe(path, "mov")
    _posters(path, folder, made.seconds)
    return {**_told(made, path), "poster": "poster.jpg", "thumb": "thumb.jpg"}


def rendition(source: Path, folder: Path, recipe: Recipe, tell: Tell) -> dict[str, Any]:
    """Raises RefusedError: `cannot_fit`."""
    film = probe(source, "mov")
    path = folder / "made.mp4"
    bits = MOST_BITS_A_SECOND
    if recipe.max_bytes:
        bits = min(bits, int(8 * 0.92 * recipe.max_bytes / max(film.seconds, 0.5)))
    for _ in range(4):
        coded(source, "mov", _fitting(film, recipe, bits), path, _share(film.seconds, tell))
        weight = path.stat().st_size
        if not recipe.max_bytes or weight <= recipe.max_bytes:
            return _told(probe(path, "mov"), path)
        bits = int(0.85 * bits * recipe.max_bytes / weight)
    raise RefusedError("cannot_fit")


def master_size(width: int, height: int) -> tuple[int, int]:
    """At most 1920 pixels a side, in even numbers."""
    scale = min(1.0, LONGEST_SIDE_PX / max(width, height))
    return max(2, int(width * scale) // 2 * 2), max(2, int(height * scale) // 2 * 2)


def _is_fine(film: Film, kind: str) -> bool:
    return (
        kind == "mov"
        and film.codec == "h264"
        and film.pixel_format in {"yuv420p", "yuvj420p"}
        and film.audio in {"", "aac"}
        and not film.rotation
        and not film.is_hdr
        and max(film.width, film.height) <= LONGEST_SIDE_PX
        and film.width % 2 == film.height % 2 == 0
        and film.fps <= MOST_FPS
        and film.bits_a_second <= MOST_BITS_A_SECOND
    )


def _fitting(film: Film, recipe: Recipe, bits: int) -> list[str]:
    steps = []
    if recipe.crop is not None:
        crop = recipe.crop
        steps.append(f"crop={crop.width}:{crop.height}:{crop.left}:{crop.top}")
    width, height = _worth(recipe, bits)
    steps.append(f"scale={width}:{height}:flags=bicubic,setsar=1")
    if recipe.max_fps:
        steps.append(f"fps={recipe.max_fps:g}")
    return _arguments(film, ",".join(steps), bits)


def _worth(recipe: Recipe, bits: int) -> tuple[int, int]:
    """Fewer pixels where there are few bits: a small clear film beats a large mushy one."""
    width, height = recipe.width_px, recipe.height_px
    least = max(recipe.min_width_px / width, recipe.min_height_px / height, min(1.0, 64 / min(width, height)))
    affordable = (bits / 2.0 / (width * height)) ** 0.5
    scale = min(1.0, max(least, affordable))
    if scale == 1.0:
        return width, height
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _arguments(film: Film, steps: str, bits: int) -> list[str]:
    if film.is_hdr:
        steps = f"{_PLAIN_COLOURS},{steps}"
    if film.fps > MOST_FPS:
        steps += f",fps={MOST_FPS:g}"
    sound = SOUND_BITS_A_SECOND if bits > 8 * SOUND_BITS_A_SECOND else LEAST_SOUND_BITS_A_SECOND
    picture = max(100_000, bits - (sound if film.audio else 0))
    return [
        *("-map", "0:v:0", "-map", "0:a:0?", "-vf", f"{steps},format=yuv420p"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-profile:v", "high"),
        *("-maxrate", str(picture), "-bufsize", str(picture), "-flags:v", "+bitexact"),
        *("-c:a", "aac", "-b:a", str(sound), "-ac", "2", "-ar", "48000", "-flags:a", "+bitexact"),
        *("-movflags", "+faststart"),
    ]


def _posters(film: Path, folder: Path, seconds: float) -> None:
    from tesselle.library.decode.pictures import opened, save_jpeg, within

    raw = folder / "poster.png"
    still = [
        "-map",
        "0:v:0",
        "-ss",
        f"{POSTER_AT * seconds:.3f}",
        "-frames:v",
        "1",
        "-c:v",
        "png",
        "-f",
        "image2",
    ]
    coded(film, "mov", still, raw)
    image = opened(raw, "png")
    save_jpeg(image, folder / "poster.jpg", 88)
    save_jpeg(within(image, THUMB_SIDE_PX), folder / "thumb.jpg", 80)


def _share(seconds: float, tell: Tell) -> Tell:
    return lambda done: tell(min(1.0, done / seconds) if seconds else 0.0)


def _told(film: Film, path: Path) -> dict[str, Any]:
    return {
        "name": path.name,
        "mime": "video/mp4",
        "width": film.width,
        "height": film.height,
        "seconds": film.seconds,
        "fps": film.fps,
        "codec": film.codec,
    }
