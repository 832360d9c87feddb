"""What a film is, and its kept copy without camera, place and time. No picture is coded here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tesselle.library.decode.bounds import MAX_FILM_PIXELS, MAX_FILM_SECONDS, RefusedError
from tesselle.library.decode.coder import FORMATS, coded

_HDR = {16, 18}  # the transfer curves PQ and HLG, as ITU-T H.273 numbers them
_CUT_SHORT = 0.95
_SLACK_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Film:
    """Measures as it is shown: turned upright."""

    width: int
    height: int
    seconds: float
    fps: float
    codec: str
    pixel_format: str
    audio: str
    rotation: int
    is_hdr: bool
    bits_a_second: float


def probe(path: Path, kind: str) -> Film:
    """Raises RefusedError: `broken`, `no_picture`, `too_many_pixels` or `too_long_film`."""
    import av

    options = {"protocol_whitelist": "file"}
    try:
        with av.open(str(path), format=FORMATS[kind], options=options) as container:
            if not container.streams.video:
                raise RefusedError("no_picture")
            stream = container.streams.video[0]
            context = stream.codec_context
            if context.width * context.height > MAX_FILM_PIXELS:
                raise RefusedError("too_many_pixels")
            stream.thread_type = "NONE"
            rotation = round(next(container.decode(stream)).rotation) % 360
            seconds = _seconds(container)
            sound = container.streams.audio
            width, height = _shown(stream)
            return Film(
                *((height, width) if rotation % 180 else (width, height)),
                seconds=seconds,
                fps=float(stream.average_rate or stream.guessed_rate or 0),
                codec=str(context.name),
                pixel_format=str(context.pix_fmt or ""),
                audio=str(sound[0].codec_context.name) if sound else "",
                rotation=rotation,
                is_hdr=int(context.color_trc or 0) in _HDR,
                bits_a_second=8 * path.stat().st_size / seconds if seconds else 0.0,
            )
    except (av.error.FFmpegError, StopIteration, ValueError, OverflowError) as error:
        raise RefusedError("broken") from error


def _shown(stream: Any) -> tuple[int, int]:
    """Pixels that are not square are drawn out."""
    ratio = float(stream.sample_aspect_ratio or 1) or 1.0
    return max(1, round(stream.codec_context.width * ratio)), stream.codec_context.height


def _seconds(container: Any) -> float:
    """To the end of the last picture that is really there: a film that was cut off promises more."""
    stream = container.streams.video[0]
    if stream.duration and stream.time_base:
        told, slack = float(stream.duration * stream.time_base), _SLACK_SECONDS
    else:
        told, slack = float(container.duration or 0) / 1_000_000, 4 * _SLACK_SECONDS
    end = 0.0
    container.seek(0)
    for packet in container.demux(video=0):
        if packet.pts is not None and packet.time_base:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    if end <= 0 or end < _CUT_SHORT * told - slack:
        raise RefusedError("broken")
    if end > MAX_FILM_SECONDS:
        raise RefusedError("too_long_film")
    return end


def keep(source: Path, folder: Path, kind: str) -> dict[str, Any]:
    """The film word for word, but without what it told of its maker; and its facts."""
    film = probe(source, kind)
    suffix = {"mov": ".mov", "matroska": ".mkv", "gif": ".gif"}[kind]
    path = folder / f"kept{suffix}"
    coded(source, kind, ["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy"], path)
    return {
        "kind": "video",
        "name": path.name,
        "seconds": film.seconds,
        "fps": film.fps,
        "width": film.width,
        "height": film.height,
        "audio": film.audio,
    }
