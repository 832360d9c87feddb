"""The browser's counter and ours, over the shared cases and over texts drawn at random."""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

from tesselle.domain.limits import Unit
from tesselle.domain.tests.limits import PIECES, at_most
from tesselle.domain.text import count
from tesselle.domain.text.domains import known_endings

SCRIPT = Path(__file__).with_name("counters.test.mjs")
DRAWN = 2000
SIGNS = (
    "aé\u0301\u200d\u200c\ufe0f🏽🇨🇭👩❤️क्षी한ᄒ\u1161ש\u05b8م\u064e"
    "\r\n\t .,:!?()[]'’»«/@#_-=&%~|+$^`{}\\<>\"x9рфcom\u00a0\u0e17\u0e35"
)


def test_the_browser_counts_the_shared_cases_as_we_do() -> None:
    run_browser_counter(None)


def test_the_browser_counts_any_text_as_we_do(tmp_path: Path) -> None:
    seed = int(os.environ.get("COUNTING_SEED", "20261124"))
    draw = random.Random(seed)
    cases = [drawn_case(draw) for _ in range(DRAWN)]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"endings": known_endings(), "cases": cases}), encoding="utf-8")

    run_browser_counter(file)


def drawn_case(draw: random.Random) -> dict[str, object]:
    signs = (*PIECES, *SIGNS, "https://example.com", "https://example.com/", "?a=", "@a@b.social")
    text = "".join(draw.choice(signs) for _ in range(draw.randrange(30)))
    limit = at_most(
        500,
        draw.choice(list(Unit)),
        url_weight=draw.choice([None, 23, 0]),
        local_mentions=draw.random() < 0.5,
        doubled=draw.choice(["", "", "|{}@[]()<>#\\*_~"]),
    )
    return {
        "text": text,
        "unit": limit.unit,
        "url_weight": limit.url_weight,
        "local_mentions": limit.local_mentions,
        "doubled": limit.doubled,
        "expected": count(text, limit),
    }


def run_browser_counter(cases: Path | None) -> None:
    node = shutil.which("node")
    assert node, "Node is needed to run the browser's counter"
    environment = {**os.environ, **({"COUNTING_CASES": str(cases)} if cases else {})}

    result = subprocess.run(
        [node, "--test", str(SCRIPT)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
