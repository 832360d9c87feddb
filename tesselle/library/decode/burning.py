"""Captions as part of the picture, in a face that comes along with us."""

import re
from importlib.util import find_spec
from pathlib import Path

STYLE = "FontName=DejaVu Sans,Fontsize=17,Outline=1.5,Shadow=0,MarginV=26,MarginL=16,MarginR=16"


def filter_of(captions: str, folder: Path) -> str:
    """The filter that draws an SRT, whose signs for bold and places are taken as letters."""
    path = folder / "captions.srt"
    path.write_text(re.sub(r"[{}<>\\]", " ", captions.replace("-->", "\x00")).replace("\x00", "-->"))
    words = [f"filename={_quoted(path)}", f"force_style='{STYLE}'"]
    if (fonts := _fonts()) is not None:
        words.append(f"fontsdir={_quoted(fonts)}")
    return "subtitles=" + ":".join(words)


def _fonts() -> Path | None:
    """DejaVu, as the plotting library brings it; without, whatever the machine has."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "mpl-data/fonts/ttf"
    return folder if (folder / "DejaVuSans.ttf").exists() else None


def _quoted(path: Path) -> str:
    """For the filter's own language, in which a colon ends a word."""
    return re.sub(r"([\\':,\[\];])", r"\\\1", str(path))
