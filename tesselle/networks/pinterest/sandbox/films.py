"""Films: registered, put into a store that is not Pinterest's, worked on."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.pinterest import limits
from tesselle.networks.pinterest.sandbox import wire
from tesselle.simulation.network import SimAccount, SimulatedNetwork

LOOKS = 1
SLOW_LOOKS = 3
"""How often one must ask for a film until it is ready; more while `slow_processing` is on."""
STORE = {
    "x-amz-date": "20261125T093000Z",
    "x-amz-security-token": "IQoJb3JpZ2luX2VjEJr",
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "policy": "eyJleHBpcmF0aW9uIjoiMj",
    "x-amz-credential": "ASIA/20261125/us-east-1/s3/aws4_request",
    "Content-Type": "multipart/form-data",
}


def _refused_by_store(status: int, code: str) -> Response:
    words = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code></Error>'
    return Response(words, status, media_type="application/xml")


class Films:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def register(self, request: Request, account: SimAccount) -> Response:
        data = await wire.body_of(request)
        if data.get("media_type") != "video":
            raise wire.invalid(f"{data.get('media_type')!r} is not one of ['video']")
        number = await self._network.next_id("films")
        media_id = str(5_000_000_000 + number)
        film = {"id": media_id, "account": account.id, "status": "registered", "looks": 0}
        key, signature = f"uploads/11/aa/22/3:video:{account.id}:{media_id}", f"{number:064x}"
        await self._network.keep("films", media_id, film)
        await self._network.keep("places", key, {"film": media_id, "signature": signature})
        return JSONResponse(
            {
                "media_id": media_id,
                "media_type": "video",
                "upload_url": f"{request.base_url}media-upload/{account.id}/",
                "upload_parameters": {**STORE, "key": key, "x-amz-signature": signature},
            },
            201,
        )

    async def put(self, request: Request) -> Response:
        """The parameters are the permission; what follows the file is not read any more."""
        if "authorization" in request.headers:
            return _refused_by_store(400, "InvalidArgument")
        async with request.form() as form:
            names = [name for name, _ in form.multi_items()]
            told, file = {name: str(form[name]) for name in names if name != "file"}, form.get("file")
            if not isinstance(file, UploadFile) or names[-1] != "file":
                return _refused_by_store(400, "InvalidArgument")
            data = await file.read()
        place = await self._network.kept("places", told.get("key", ""))
        missing = set(STORE) - set(told)
        if place is None or missing or told.get("x-amz-signature") != place["signature"]:
            return _refused_by_store(403, "AccessDenied")
        if len(data) > limits.VIDEO_BYTES:
            return _refused_by_store(400, "EntityTooLarge")
        film = await self._network.kept("films", place["film"])
        assert film is not None
        looks = SLOW_LOOKS if "slow_processing" in self._network.flags else LOOKS
        is_film = data[4:8] == b"ftyp"
        await self._network.keep(
            "films",
            place["film"],
            {**film, "status": "processing", "looks": looks, "ends": "succeeded" if is_film else "failed"},
        )
        return Response(status_code=204)

    async def read(self, request: Request, account: SimAccount) -> Response:
        film = await self.of(account, request.path_params["id"])
        if film is None:
            raise wire.ProblemError(404, 2700, "Media not found.")
        shown = {"media_id": film["id"], "media_type": "video", "status": film["status"]}
        if film["status"] == "processing":
            left = film["looks"] - 1
            film |= {"looks": left} if left > 0 else {"status": film["ends"]}
            await self._network.keep("films", film["id"], film)
        return JSONResponse(shown)

    async def of(self, account: SimAccount, media_id: str) -> dict[str, Any] | None:
        film = await self._network.kept("films", media_id)
        return film if film is not None and film["account"] == account.id else None
