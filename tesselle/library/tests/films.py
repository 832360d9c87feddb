"""Films made on the spot, each once a run."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe

_PICTURE = ("-f", "lavfi", "-i")
_SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:duration={seconds}")
PLACE = b"+46.2044+006.1432"


def _coded(suffix: str, *arguments: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"film{suffix}"
        subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", *arguments, str(path)], check=True)
        return path.read_bytes()


@cache
def plain_film(width: int = 320, height: int = 180, seconds: int = 2) -> bytes:
    """What needs no coding again: H.264 in an MP4, its index first."""
    return _coded(
        ".mp4",
        *(*_PICTURE, f"testsrc2=s={width}x{height}:r=25:d={seconds}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
    )


@cache
def phone_film(seconds: int = 2, size: str = "640x360") -> bytes:
    """As a phone makes it: HEVC, HLG colours, lying on its side, with the place it was taken at."""
    upright = _coded(
        ".mov",
        *(*_PICTURE, f"testsrc2=s={size}:r=30:d={seconds}"),
        *(word.format(seconds=seconds) for word in _SOUND),
        *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"),
        *("-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "arib-std-b67"),
        *("-colorspace", "bt2020nc", "-c:a", "aac"),
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "upright.mov"
        source.write_bytes(upright)
        return _coded(
            ".mov",
            *("-display_rotation", "90", "-i", str(source), "-c", "copy", "-movflags", "use_metadata_tags"),
            *(
                "-metadata",
                f"location={PLACE.decode()}",
                "-metadata",
                "com.apple.quicktime.model=Camera of somebody",
            ),
        )


@cache
def moving_gif() -> bytes:
    return _coded(".gif", *_PICTURE, "testsrc2=s=100x76:r=10:d=1")


@cache
def web_film() -> bytes:
    return _coded(
        ".webm", *_PICTURE, "testsrc2=s=160x90:r=25:d=1", "-c:v", "libvpx-vp9", "-deadline", "realtime"
    )


@cache
def only_sound() -> bytes:
    return _coded(".mp4", "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac")


@cache
def absurd_film() -> bytes:
    """81 million pixels, in a few kilobytes."""
    return _coded(
        ".mp4",
        *(
            *_PICTURE,
            "color=s=9000x9000:r=1:d=1",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
        ),
    )
