"""Everything else on the site: files, tags and categories, the signed-in user."""

import html
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.wordpress.limits import IMAGE_BYTES, REQUEST_BYTES, VIDEO_BYTES
from tesselle.networks.wordpress.sandbox import wire
from tesselle.networks.wordpress.sandbox.wire import ProblemError
from tesselle.simulation.network import SimulatedNetwork

STARTS = (
    (b"\xff\xd8\xff", 0, "jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "png", "image/png"),
    (b"GIF8", 0, "gif", "image/gif"),
    (b"WEBP", 8, "webp", "image/webp"),
    (b"ftypqt", 4, "mov", "video/quicktime"),
    (b"ftyp", 4, "mp4", "video/mp4"),
    (b"\x1a\x45\xdf\xa3", 0, "webm", "video/webm"),
)


class Things:
    def __init__(self, network: SimulatedNetwork) -> None:
        self.network = network

    async def me(self, request: Request) -> Response:
        account = await wire.account_for(request, self.network)
        if account is None:
            raise ProblemError("rest_not_logged_in", 401)
        shown: dict[str, Any] = {"id": int(account.id), "name": account.name, "slug": account.handle}
        if request.query_params.get("context") == "edit":
            role = wire.role_of(account)
            shown |= {"username": account.handle, "roles": [role]}
            shown["capabilities"] = dict.fromkeys(sorted(wire.RIGHTS[role] | {role}), True)
        return JSONResponse(shown)

    # files

    async def upload(self, request: Request) -> Response:
        account = await wire.account_for(request, self.network)
        account = wire.demand(account, "upload_files", "rest_cannot_create")
        body = await request.body()
        name = self._file_name(request, body)
        kind = next((one for one in STARTS if body[one[1] :].startswith(one[0])), None)
        if kind is None or name.rpartition(".")[2].lower() not in {"jpeg", *(one[2] for one in STARTS)}:
            raise ProblemError("rest_upload_sideload_error", 500)
        if len(body) > (IMAGE_BYTES if kind[3].startswith("image") else VIDEO_BYTES):
            raise wire.TooLargeError
        number = await self.network.next_id("things")
        slug = await self._free_slug(wire.slugged(name.rpartition(".")[0]))
        row = {
            "id": number,
            "slug": slug,
            "file": f"{slug}.{kind[2]}",
            "mime_type": kind[3],
            "filesize": len(body),
            "alt_text": "",
            "author": account.id,
        }
        await self.network.keep("media", str(number), row)
        await self.network.keep("slugs", slug, {"media": number})
        return JSONResponse(self._file(request, row), 201, headers={"X-WP-Upload-Attachment-ID": str(number)})

    def _file_name(self, request: Request, body: bytes) -> str:
        if not body:
            raise ProblemError("rest_upload_no_data", 400)
        if "content-type" not in request.headers:
            raise ProblemError("rest_upload_no_content_type", 400)
        disposition = request.headers.get("content-disposition", "")
        if not disposition:
            raise ProblemError("rest_upload_no_content_disposition", 400)
        named = re.search(r"filename=\"?([^\";]+)", disposition)
        if named is None:
            raise ProblemError("rest_upload_invalid_disposition", 400)
        return named.group(1)

    async def _free_slug(self, wanted: str) -> str:
        """A second file of a name becomes `-1`."""
        slug, count = wanted, 0
        while await self.network.kept("slugs", slug):
            count += 1
            slug = f"{wanted}-{count}"
        return slug

    async def describe(self, request: Request) -> Response:
        account = await wire.account_for(request, self.network)
        row = await self.network.kept("media", str(request.path_params["id"]))
        if row is None:
            raise ProblemError("rest_post_invalid_id", 404)
        own = account is not None and row["author"] == account.id
        if not own and not wire.may(account, "edit_others_posts"):
            raise wire.forbidden(account, "rest_cannot_edit")
        fields = await wire.fields_of(request)
        if "alt_text" in fields:
            alt = re.sub(r"<[^>]*>", "", str(fields["alt_text"]))
            if len(html.unescape(alt).encode("utf-8")) > REQUEST_BYTES:
                raise wire.TooLargeError
            row["alt_text"] = alt
            await self.network.keep("media", str(row["id"]), row)
        return JSONResponse(self._file(request, row))

    async def file(self, request: Request) -> Response:
        row = await self.network.kept("media", str(request.path_params["id"]))
        if row is None:
            raise ProblemError("rest_post_invalid_id", 404)
        return JSONResponse(self._file(request, row))

    async def files(self, request: Request) -> Response:
        account = await wire.account_for(request, self.network)
        if request.query_params.get("context") == "edit" and not wire.may(account, "edit_posts"):
            raise wire.forbidden(account, "rest_forbidden_context")
        taken = await self.network.kept("slugs", request.query_params.get("slug", ""))
        row = await self.network.kept("media", str(taken["media"])) if taken and "media" in taken else None
        found = [self._file(request, row)] if row else []
        return wire.paged(request, found, len(found))

    def _file(self, request: Request, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": row["id"],
            "slug": row["slug"],
            "status": "inherit",
            "source_url": f"{request.base_url}wp-content/uploads/{row['file']}",
            "mime_type": row["mime_type"],
            "media_type": "image" if row["mime_type"].startswith("image") else "file",
            "alt_text": row["alt_text"],
            "media_details": {"filesize": row["filesize"], "sizes": {}},
            "missing_image_sizes": [],
        }

    # terms

    async def create_tag(self, request: Request) -> Response:
        return await self._create_term(request, "tags", "edit_posts")

    async def create_category(self, request: Request) -> Response:
        return await self._create_term(request, "categories", "manage_categories")

    async def _create_term(self, request: Request, kind: str, right: str) -> Response:
        wire.demand(await wire.account_for(request, self.network), right, "rest_cannot_create")
        name = html.escape(str((await wire.fields_of(request)).get("name", "")).strip(), quote=False)
        key = name.casefold()
        if (taken := await self.network.kept(f"{kind}_names", key)) is not None:
            raise ProblemError("term_exists", 400, term_id=taken["id"])
        row = {"id": await self.network.next_id("terms") + 1, "name": name, "slug": wire.slugged(name)}
        await self.network.keep(kind, str(row["id"]), row)
        await self.network.keep(f"{kind}_names", key, {"id": row["id"]})
        return JSONResponse(row, 201)

    async def tags(self, request: Request) -> Response:
        return await self._terms(request, "tags")

    async def categories(self, request: Request) -> Response:
        return await self._terms(request, "categories")

    async def _terms(self, request: Request, kind: str) -> Response:
        searched = request.query_params.get("search", "").casefold()
        rows = [row for row in await self.network.all_kept(kind) if searched in row["name"].casefold()]
        return wire.paged(request, rows, len(rows))
