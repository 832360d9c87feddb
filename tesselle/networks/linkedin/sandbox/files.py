"""Pictures, films and documents: a place to send them to, then a while of work."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.linkedin import limits
from tesselle.networks.linkedin.sandbox.wire import (
    PERSON,
    RefusedError,
    author_for,
    body_of,
    caller,
    denied,
    milliseconds,
    not_found,
    versioned,
)
from tesselle.simulation.network import SimulatedNetwork

KINDS = {"images": "image", "videos": "video", "documents": "document"}
SLOW_LOOKS, FILM_LOOKS = 3, 1
LARGEST = {
    "image": limits.IMAGE_BYTES,
    "video": limits.VIDEO_BYTES,
    "document": limits.DOCUMENT_BYTES,
}
AN_HOUR_MS = 3_600_000
DOCUMENT_BEGINNINGS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""PDF; today's DOCX and PPTX; the older DOC and PPT."""


class Files:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def act(self, request: Request) -> Response:
        """`?action=initializeUpload`, and for films `finalizeUpload`."""
        who = await versioned(request, self._network)
        data, action = await body_of(request), request.query_params.get("action")
        kind = KINDS[request.path_params["kind"]]
        wanted = data.get(f"{action}Request")
        if not isinstance(wanted, dict):
            raise RefusedError(400, "MISSING_FIELD", f"{action}Request :: field is required but not found")
        if action == "finalizeUpload" and kind == "video":
            return await self._finalize(wanted)
        owner = await author_for(who, str(wanted.get("owner", "")), self._network)
        urn = f"urn:li:{kind}:C4E{await self._network.next_id('files'):08d}"
        file = {
            "urn": urn,
            "kind": kind,
            "owner": owner.id,
            "status": "WAITING_UPLOAD",
            "parts": {},
            "bytes": 0,
        }
        value: dict[str, Any] = {kind: urn}
        if kind == "video":
            value |= self._pieces(request, urn, int(wanted.get("fileSizeBytes", 0)))
        else:
            until = milliseconds(self._network.clock()) + AN_HOUR_MS
            value |= {"uploadUrl": self._place(request, urn, 0), "uploadUrlExpiresAt": until}
        await self._network.keep("files", urn, file)
        return JSONResponse({"value": value})

    def _place(self, request: Request, urn: str, part: int) -> str:
        return f"{request.base_url}dms-uploads/{urn.rpartition(':')[2]}/{part}"

    def _pieces(self, request: Request, urn: str, size: int) -> dict[str, Any]:
        starts = range(0, max(size, 1), limits.PART_BYTES)
        pieces = [
            {
                "uploadUrl": self._place(request, urn, number),
                "firstByte": start,
                "lastByte": min(start + limits.PART_BYTES, size) - 1,
            }
            for number, start in enumerate(starts)
        ]
        until = milliseconds(self._network.clock()) + AN_HOUR_MS
        return {"uploadInstructions": pieces, "uploadToken": "", "uploadUrlsExpireAt": until}

    async def put(self, request: Request) -> Response:
        """Pictures and documents with our token, pieces of films without."""
        file = await self._by_number(request.path_params["number"])
        data, part = await request.body(), request.path_params["part"]
        if file["kind"] != "video":
            await caller(request, self._network)
            is_known = file["kind"] != "document" or data.startswith(DOCUMENT_BEGINNINGS)
            await self._received(file, len(data), is_known=is_known)
            return Response(status_code=201)
        tag = f"/ambry-video/signedId/{len(data)}-{part}"
        parts = {**file["parts"], part: {"tag": tag, "bytes": len(data)}}
        await self._network.keep("files", file["urn"], {**file, "parts": parts})
        return Response(status_code=200, headers={"ETag": tag})

    async def _by_number(self, number: str) -> dict[str, Any]:
        for kind in KINDS.values():
            file = await self._network.kept("files", f"urn:li:{kind}:{number}")
            if file is not None:
                return file
        raise RefusedError(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")

    async def _finalize(self, wanted: dict[str, Any]) -> Response:
        file = await self._network.kept("files", str(wanted.get("video", "")))
        if file is None:
            raise RefusedError(400, "INVALID_VIDEO_ID", "The video does not exist")
        tags = [file["parts"][number]["tag"] for number in sorted(file["parts"], key=int)]
        if not tags or wanted.get("uploadedPartIds") != tags or "uploadToken" not in wanted:
            raise RefusedError(400, "UPDATING_ASSET_FAILED", "The parts do not make up the video")
        await self._received(file, sum(one["bytes"] for one in file["parts"].values()))
        return Response(status_code=200)

    async def _received(self, file: dict[str, Any], size: int, *, is_known: bool = True) -> None:
        slow = "slow_processing" in self._network.flags
        looks = SLOW_LOOKS if slow else FILM_LOOKS if file["kind"] == "video" else 0
        is_good = is_known and 0 < size <= LARGEST[file["kind"]]
        status = "PROCESSING" if is_good else "PROCESSING_FAILED"
        await self._network.keep(
            "files", file["urn"], {**file, "status": status, "bytes": size, "looks": looks}
        )

    async def show(self, request: Request) -> Response:
        """A token that may only post as a member may not ask."""
        who = await versioned(request, self._network)
        file = await self._network.kept("files", request.path_params["urn"])
        if file is None:
            raise not_found(request.path_params["urn"])
        if file["owner"].startswith(PERSON) or "r_organization_social" not in who.scopes:
            raise denied("partnerApiImages.GET")
        if file["status"] == "PROCESSING":
            done = not file["looks"]
            file = {**file, "status": "AVAILABLE"} if done else {**file, "looks": file["looks"] - 1}
            await self._network.keep("files", file["urn"], file)
        told = {"id": file["urn"], "owner": file["owner"], "status": file["status"]}
        if file["status"] == "PROCESSING_FAILED":
            told["processingFailureReason"] = "The file is too large or of no known kind"
        return JSONResponse(told)

    async def for_post(self, urn: str, owner: str, kinds: set[str]) -> dict[str, Any]:
        file = await self._network.kept("files", urn)
        if file is None or file["owner"] != owner or file["kind"] not in kinds:
            raise RefusedError(400, "INVALID_IMAGE_ID", f"{urn} is not an asset of the author")
        if file["status"] == "WAITING_UPLOAD":
            raise RefusedError(400, "MEDIA_ASSET_WAITING_UPLOAD", f"{urn} is waiting for its upload")
        if file["status"] == "PROCESSING_FAILED":
            raise RefusedError(400, "MEDIA_ASSET_PROCESSING_FAILED", f"{urn} could not be processed")
        return file
