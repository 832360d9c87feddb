"""The network's own errors and identifiers."""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request


class XrpcError(Exception):
    """Answered as `{"error": name, "message": said}`."""

    def __init__(self, status: int, name: str, said: str = "") -> None:
        super().__init__(name)
        self.status, self.name, self.said = status, name, said


def invalid(said: str) -> XrpcError:
    return XrpcError(400, "InvalidRequest", said)


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON of a request; broken JSON and floats are refused, as atproto has neither."""
    try:
        data = json.loads(await request.body(), parse_float=_no_float)
    except json.JSONDecodeError as error:
        raise XrpcError(400, "SyntaxError", str(error)) from error
    if not isinstance(data, dict):
        raise invalid("Input must be an object")
    return data


def _no_float(text: str) -> Any:
    raise invalid(f"Input must not contain floats (got {text})")


def text_of(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise invalid(f'Input must have the property "{name}"')
    return value


def parameter(request: Request, name: str) -> str:
    value = request.query_params.get(name)
    if not value:
        raise invalid(f'Error: Params must have the property "{name}"')
    return value


def _cid(codec: int, content: bytes) -> str:
    raw = bytes([0x01, codec, 0x12, 0x20]) + hashlib.sha256(content).digest()
    return "b" + base64.b32encode(raw).decode().lower().rstrip("=")


def blob_cid(content: bytes) -> str:
    return _cid(0x55, content)


def record_cid(record: Mapping[str, Any]) -> str:
    """Same record, same cid, whatever the order of its keys. The hash is over JSON, not DAG-CBOR:
    no client of ours recomputes it."""
    return _cid(0x71, json.dumps(record, sort_keys=True, ensure_ascii=False).encode())


def moment(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
