"""What counts with a text besides the text: the same cases run in the browser's counter."""

import json
from pathlib import Path
from typing import Any

import pytest

from tesselle.domain.checks import check, counted
from tesselle.domain.content import Content, Media
from tesselle.domain.limits import Limits, TextLimit, Unit
from tesselle.domain.tests.limits import SOURCE, at_most

CASES = json.loads((Path(__file__).parent / "cases/room.json").read_text(encoding="utf-8"))
PICTURE = Media("image", "image/jpeg", 500, 100, 100, alt="Un sol de carreaux")
LINK = "https://example.com/sol"


def limit_of(data: dict[str, Any]) -> TextLimit:
    return TextLimit(
        data["maximum"],
        Unit(data["unit"]),
        SOURCE,
        url_weight=data["url_weight"],
        local_mentions=data["local_mentions"],
        with_option=data["with_option"],
        with_link=data["with_link"],
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_options_and_links_take_room_from_the_text(case: dict[str, Any]) -> None:
    texts = ("Avant",) * case["part"] + (case["text"],)
    content = Content(text=texts[0], parts=texts[1:], link=case["link"], options=case["options"])

    entry = counted(content, Limits((limit_of(case["limit"]),), max_parts=2))[case["part"]]

    assert {"counted": entry.counted, "limit": entry.limit} == case["expected"]


def test_a_caption_with_its_link_is_too_long_together() -> None:
    limits = Limits((at_most(4096),), caption=limit_of({**CASES[5]["limit"], "maximum": 30}), max_images=1)

    alone = check(Content(text="a" * 30, media=(PICTURE,)), limits)
    (together,) = check(Content(text="a" * 30, link=LINK, media=(PICTURE,)), limits)

    assert alone == ()
    assert (together.code, together.place) == ("caption_too_long", "text")


def test_a_link_that_nobody_would_see_beside_media_is_told_with_its_repair() -> None:
    limits = Limits((at_most(300),), max_images=4, link_beside_media=False)

    (finding,) = check(Content(text="Zellige", link=LINK, media=(PICTURE,)), limits)

    assert (finding.code, finding.place, finding.repair) == ("link_not_shown", "link", "link_into_text")
    assert check(Content(text="Zellige", link=LINK), limits) == ()
    assert check(Content(text=f"Zellige {LINK}", link=LINK, media=(PICTURE,)), limits) == ()
    assert (
        check(Content(text="Zellige", parts=(LINK,), link=LINK, media=(PICTURE,)), with_threads(limits)) == ()
    )


def with_threads(limits: Limits) -> Limits:
    return Limits(limits.texts, max_images=4, link_beside_media=False, max_parts=2)
