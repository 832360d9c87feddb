"""The store for files: a lease from Reddit, then a form that is no longer Reddit's."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.reddit import limits
from tesselle.networks.reddit.sandbox import wire
from tesselle.simulation.network import SimAccount, SimulatedNetwork

STORE = "reddit-uploaded-media"
LARGEST = dict.fromkeys(limits.IMAGE_MIMES, limits.IMAGE_BYTES) | dict.fromkeys(
    limits.VIDEO_MIMES, limits.VIDEO_BYTES
)
STARTS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
}


def _xml(words: str, status: int) -> Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{words}'
    return Response(text, status, media_type="application/xml")


def too_large(size: int, most: int) -> Response:
    return _xml(
        f"<Error><Code>EntityTooLarge</Code><Message>Your proposed upload exceeds the maximum allowed size"
        f"</Message><ProposedSize>{size}</ProposedSize><MaxSizeAllowed>{most}</MaxSizeAllowed></Error>",
        400,
    )


class Files:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def lease(self, request: Request, account: SimAccount) -> Response:
        told = await wire.form_of(request)
        mime = told.get("mimetype", "")
        if mime not in LARGEST or not told.get("filepath"):
            raise wire.listed("BAD_STRING", "invalid mimetype", "mimetype")
        number = await self._network.next_id("assets")
        asset = f"a{number:012x}"
        key = f"{account.id}/{asset}"
        row = {"id": asset, "account": account.id, "mime": mime, "key": key, "stored": False}
        await self._network.keep("assets", key, row)
        fields = {
            "acl": "private",
            "key": key,
            "X-Amz-Credential": "ASIA/20261125/us-east-1/s3/aws4_request",
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Date": "20261125T093000Z",
            "success_action_status": "201",
            "content-type": mime,
            "policy": "eyJleHBpcmF0aW9uIjoiMj",
            "X-Amz-Signature": f"{number:064x}",
            "x-amz-security-token": "IQoJb3JpZ2luX2VjEJr",
        }
        _, _, here = str(request.base_url).partition("://")
        return JSONResponse(
            {
                "args": {
                    "action": f"//{here}{STORE}/{account.id}",
                    "fields": [{"name": name, "value": value} for name, value in fields.items()],
                },
                "asset": {
                    "asset_id": asset,
                    "processing_state": "incomplete",
                    "payload": {"filepath": told["filepath"]},
                    "websocket_url": f"wss://{here}{asset}",
                },
            }
        )

    async def put(self, request: Request) -> Response:
        """The fields are the permission; what follows the file is not read any more."""
        if "authorization" in request.headers:
            return _xml("<Error><Code>InvalidArgument</Code></Error>", 400)
        async with request.form() as form:
            names = [name for name, _ in form.multi_items()]
            file, key = form.get("file"), str(form.get("key", ""))
            signature = str(form.get("X-Amz-Signature", ""))
            if not isinstance(file, UploadFile) or names[-1] != "file":
                return _xml("<Error><Code>InvalidArgument</Code></Error>", 400)
            data = await file.read()
        asset = await self._network.kept("assets", key)
        if asset is None or int(signature or "0", 16) != int(asset["id"][1:], 16):
            return _xml("<Error><Code>AccessDenied</Code></Error>", 403)
        if len(data) > LARGEST[asset["mime"]]:
            return too_large(len(data), LARGEST[asset["mime"]])
        usable = data.startswith(STARTS.get(asset["mime"], b"")) if asset["mime"] in STARTS else True
        await self._network.keep("assets", key, {**asset, "stored": True, "usable": usable})
        place = f"{request.url.path}/{key}"
        return _xml(
            f"<PostResponse><Location>https://{request.headers.get('host', '')}{place}</Location>"
            f"<Bucket>{STORE}</Bucket><Key>{key}</Key></PostResponse>",
            201,
        )

    async def at(self, url: str, account: SimAccount, kinds: tuple[str, ...]) -> dict[str, Any]:
        """What lies at an address of the store. Raises Reddit's no."""
        _, _, key = url.partition(f"/{STORE}/{account.id}/")
        asset = await self._network.kept("assets", key)
        if asset is None or not asset["stored"] or not asset["usable"] or asset["mime"] not in kinds:
            raise wire.listed("BAD_URL", "you should check that url", "url")
        return asset

    async def numbered(self, asset_id: str, account: SimAccount) -> dict[str, Any]:
        asset = await self._network.kept("assets", f"{account.id}/{asset_id}")
        if asset is None or not asset["stored"] or not asset["usable"]:
            raise wire.listed("BAD_STRING", "invalid media id", "items")
        return asset
