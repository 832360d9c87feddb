"""A post written by hand for `tesselle check` is read strictly, and what is wrong is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from tesselle.ops.errors import PostFileError
from tesselle.ops.post_file import read_post_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "post.json"


def test_everything_it_may_say_is_taken(file: Path) -> None:
    picture = {"type": "image/png", "bytes": 1000, "width": 30, "height": 20, "alt": "Mur"}
    said = {"account_kind": "page", "text": "Mur", "parts": ["Sol"], "link": None, "media": [picture]}
    file.write_text(json.dumps(said))

    content, kind = read_post_file(file)

    assert (content.texts, content.link, kind) == (("Mur", "Sol"), "", "page")
    (medium,) = content.media
    assert (medium.kind, medium.mime, medium.size_bytes, medium.alt) == ("image", "image/png", 1000, "Mur")


@pytest.mark.parametrize("said", ["document", "pdf", "application/pdf"])
def test_a_document_is_no_picture(file: Path, said: str) -> None:
    file.write_text(json.dumps({"media": [{"type": said, "pages": 3}]}))

    content, _ = read_post_file(file)

    assert (content.media[0].kind, content.media[0].mime) == ("document", "application/pdf")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"text": 3}, "“text” must be a text."),
        ({"parts": "abc"}, "“parts” must be a list."),
        ({"parts": ["a", 4]}, "“parts[1]” must be a text."),
        ({"options": ["a"]}, "“options” must be an object."),
        ({"media": [3]}, "“media[0]” must be an object."),
        ({"media": [{"bytes": "many"}]}, "“media[0].bytes” must be a number."),
        ({"media": [{"width": True}]}, "“media[0].width” must be a number."),
        ({"media": [{"type": "photo"}]}, "“media[0].type” must be image, video, document"),
    ],
)
def test_what_is_no_post_is_named(file: Path, said: Any, named: str) -> None:
    file.write_text(json.dumps(said))

    with pytest.raises(PostFileError, match="must be") as refused:
        read_post_file(file)

    assert str(refused.value.message).startswith(named)


def test_a_mistyped_name_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(json.dumps({"txt": "Mur", "media": [{"alternative": "Mur"}]}))

    read_post_file(file)

    assert capsys.readouterr().err.splitlines() == [
        "tesselle: not read: txt",
        "tesselle: not read: media[0].alternative",
    ]
