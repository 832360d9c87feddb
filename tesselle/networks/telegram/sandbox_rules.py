"""What the make-believe Telegram refuses, in Telegram's words; it counts by itself."""

import struct
from typing import Any

from starlette.responses import JSONResponse, Response

from tesselle.networks.telegram import limits


class RefusedError(Exception):
    """Answered instead of a result."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def response(self) -> Response:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        headers = {}
        if self.parameters:
            body["parameters"] = self.parameters
        if "retry_after" in self.parameters:
            headers["Retry-After"] = str(self.parameters["retry_after"])
        return JSONResponse(body, self.code, headers)


def bad(description: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {description}")


def units(text: str) -> int:
    """Telegram's length: a sign outside the first plane counts two."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)


def message_text(raw: Any) -> str:
    text = str(raw or "").strip()
    if not text:
        raise bad("message text is empty")
    if units(text) > limits.TEXT_UNITS:
        raise bad("message is too long")
    return text


def caption_text(raw: Any) -> str:
    text = str(raw or "").strip()
    if units(text) > limits.CAPTION_UNITS:
        raise bad("message caption is too long")
    return text


def check_file(kind: str, data: bytes) -> tuple[int, int]:
    """Width and height of a picture, zeros for a film; raises Telegram's refusal."""
    if not data:
        raise bad("file must be non-empty")
    if len(data) > limits.FILE_BYTES:
        raise RefusedError(413, "Request Entity Too Large")
    if kind != "photo":
        return 0, 0
    if len(data) > limits.PHOTO_BYTES:
        raise bad("file is too big")
    size = _picture_size(data)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    ratio = max(width, height) / max(1, min(width, height))
    if width + height > limits.PHOTO_SIDE_SUM_PX or ratio > limits.PHOTO_RATIO:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _picture_size(data: bytes) -> tuple[int, int] | None:
    """Read from the head of a PNG or JPEG file; None when it is neither."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
