"""The numbers agree with what somebody else wrote down, and the sandbox holds them."""

import struct

import pytest
from telegram.constants import FileSizeLimit, MediaGroupLimit, MessageLimit

from tesselle.domain.text import count
from tesselle.networks.telegram import limits
from tesselle.networks.telegram.sandbox_rules import RefusedError, check_file, message_text, units


def test_the_numbers_are_those_of_python_telegram_bot():
    assert limits.TEXT_UNITS == MessageLimit.MAX_TEXT_LENGTH
    assert limits.CAPTION_UNITS == MessageLimit.CAPTION_LENGTH
    assert limits.ALBUM_ITEMS == MediaGroupLimit.MAX_MEDIA_LENGTH
    assert limits.FILE_BYTES == FileSizeLimit.FILESIZE_UPLOAD
    assert limits.PHOTO_BYTES == FileSizeLimit.PHOTOSIZE_UPLOAD


@pytest.mark.parametrize(
    ("text", "length"),
    [("abc", 3), ("é", 1), ("e\u0301", 2), ("🧱", 2), ("👨‍👩‍👧‍👦", 11), ("🇨🇭", 4)],
)
def test_the_sandbox_counts_by_itself_as_the_check_does(text, length):
    assert units(text) == length
    assert count(text, limits.TEXT) == length


def test_markup_is_counted_as_the_plain_text_it_is():
    assert message_text("<b>Bonjour</b>") == "<b>Bonjour</b>"


def test_a_text_of_nothing_but_space_is_empty():
    with pytest.raises(RefusedError, match="message text is empty"):
        message_text(" \n ")


def picture(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


@pytest.mark.parametrize(("width", "height"), [(5000, 5000), (2000, 100), (1, 20)])
def test_a_picture_at_the_edge_is_taken(width, height):
    assert check_file("photo", picture(width, height)) == (width, height)


@pytest.mark.parametrize(("width", "height"), [(5001, 5000), (2001, 100), (1, 21)])
def test_a_picture_over_the_edge_is_refused(width, height):
    with pytest.raises(RefusedError, match="PHOTO_INVALID_DIMENSIONS"):
        check_file("photo", picture(width, height))


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("photo", b"", "non-empty"),
        ("photo", b"hello", "IMAGE_PROCESS_FAILED"),
        ("photo", picture(10, 10) + b" " * limits.PHOTO_BYTES, "file is too big"),
        ("video", b" " * (limits.FILE_BYTES + 1), "Request Entity Too Large"),
    ],
)
def test_a_file_that_telegram_would_not_take_is_refused(kind, data, said):
    with pytest.raises(RefusedError, match=said):
        check_file(kind, data)


def test_a_jpeg_is_measured_too():
    frame = (
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01\x01\x11\x00"
    )

    assert check_file("photo", frame) == (40, 30)
