"""Records and blobs: `com.atproto.repo.*`."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from tesselle.networks.bluesky.limits import USUAL_BLOB_BYTES
from tesselle.networks.bluesky.sandbox.accounts import find
from tesselle.networks.bluesky.sandbox.rules import POSTS, check_key, check_post
from tesselle.networks.bluesky.sandbox.tokens import speaker
from tesselle.networks.bluesky.sandbox.wire import (
    XrpcError,
    blob_cid,
    body_of,
    invalid,
    parameter,
    record_cid,
    text_of,
)
from tesselle.networks.bluesky.tid import EPOCH, tid
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


async def own_repo(data: Mapping[str, Any], request: Request, network: SimulatedNetwork) -> SimAccount:
    account = await speaker(request, network)
    if text_of(data, "repo") not in (account.id, account.handle):
        raise XrpcError(403, "AccountNotFound", "Account not found")
    return account


async def put_record(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    """Overwrites in silence, brings the deleted back to life; the same bytes again do nothing."""
    data = await body_of(request)
    account = await own_repo(data, request, network)
    collection, rkey = text_of(data, "collection"), text_of(data, "rkey")
    record, cid = await _checked(collection, rkey, data.get("record"), network)
    uri = f"at://{account.id}/{collection}/{rkey}"
    present = await stored(uri, network)
    if present is not None and present["cid"] == cid:
        return {"uri": uri, "cid": cid, "validationStatus": "valid"}
    if "swapRecord" in data and data["swapRecord"] != (present and present["cid"]):
        raise XrpcError(400, "InvalidSwap", f"Record was at {present and present['cid']}")
    await _write(uri, account, record, cid, network)
    return await _written(uri, cid, network)


async def create_record(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    data = await body_of(request)
    account = await own_repo(data, request, network)
    return await _create(account, text_of(data, "collection"), data.get("rkey"), data.get("record"), network)


async def _create(
    account: SimAccount, collection: str, rkey: Any, record: Any, network: SimulatedNetwork
) -> dict[str, Any]:
    rkey = str(rkey) if rkey else await _next_tid(network)
    record, cid = await _checked(collection, rkey, record, network)
    uri = f"at://{account.id}/{collection}/{rkey}"
    if await stored(uri, network) is not None:
        raise XrpcError(500, "InternalServerError", "Internal Server Error")
    await _write(uri, account, record, cid, network)
    return await _written(uri, cid, network)


async def _next_tid(network: SimulatedNetwork) -> str:
    microseconds = int((network.clock() - EPOCH).total_seconds() * 1_000_000)
    return tid(microseconds, await network.next_id("tid") % 1024)


async def _checked(
    collection: str, rkey: str, record: Any, network: SimulatedNetwork
) -> tuple[dict[str, Any], str]:
    if not isinstance(record, dict):
        raise invalid('Input must have the property "record"')
    check_key(collection, rkey)
    record = {"$type": collection, **record}
    if collection == POSTS:
        await check_post(record, network)
    return record, record_cid(record)


async def _written(uri: str, cid: str, network: SimulatedNetwork) -> dict[str, Any]:
    commit = {"cid": record_cid({"commit": uri}), "rev": await _next_tid(network)}
    return {"uri": uri, "cid": cid, "commit": commit, "validationStatus": "valid"}


async def stored(uri: str, network: SimulatedNetwork) -> dict[str, Any] | None:
    """`{"uri", "cid", "value"}` of what readers see at an address."""
    if f"/{POSTS}/" not in uri:
        return await network.kept("records", uri)
    post = await network.post(uri)
    return None if post is None else as_record(post)


def as_record(post: SimPost) -> dict[str, Any]:
    return {"uri": post.id, "cid": post.data["cid"], "value": post.data["record"]}


async def _write(
    uri: str, account: SimAccount, record: dict[str, Any], cid: str, network: SimulatedNetwork
) -> None:
    if f"/{POSTS}/" not in uri:
        await network.keep("records", uri, {"uri": uri, "cid": cid, "value": record})
        return
    embed = (record.get("embed") or {}).get("media") or record.get("embed") or {}
    files = [embed["video"] | {"alt": embed.get("alt", "")}] if "video" in embed else []
    files += [
        image["image"] | {"alt": image["alt"]} for image in embed.get("images") or embed.get("items") or ()
    ]
    post = network.new_post(
        uri,
        account.id,
        record["text"],
        parent_id=str(((record.get("reply") or {}).get("parent") or {}).get("uri", "")),
        media=tuple(
            {"mime": one["mimeType"], "alt": one["alt"], "cid": one["ref"]["$link"]} for one in files
        ),
        data={"record": record, "cid": cid},
    )
    if not await network.add_post(post):
        await network.save_post(post)


async def delete_record(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    data = await body_of(request)
    account = await own_repo(data, request, network)
    uri = f"at://{account.id}/{text_of(data, 'collection')}/{text_of(data, 'rkey')}"
    if await stored(uri, network) is None:
        return {}
    if not await network.forget("records", uri):
        await network.remove_post(uri)
    return {"commit": {"cid": record_cid({"deleted": uri}), "rev": await _next_tid(network)}}


async def apply_writes(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    """Creations only; all or none."""
    data = await body_of(request)
    account = await own_repo(data, request, network)
    writes = [one for one in data.get("writes", ()) if str(one.get("$type", "")).endswith("#create")]
    for one in writes:
        uri = f"at://{account.id}/{one['collection']}/{one.get('rkey')}"
        if one.get("rkey") and await stored(uri, network) is not None:
            raise XrpcError(500, "InternalServerError", "Internal Server Error")
        await _checked(
            one["collection"], one.get("rkey") or await _next_tid(network), one.get("value"), network
        )
    results = []
    for one in writes:
        made = await _create(account, one["collection"], one.get("rkey"), one.get("value"), network)
        results.append({"$type": "com.atproto.repo.applyWrites#createResult", **made})
    return {"results": results}


async def get_record(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    account = await find(network, parameter(request, "repo"))
    collection, rkey = parameter(request, "collection"), parameter(request, "rkey")
    uri = f"at://{account.id if account else parameter(request, 'repo')}/{collection}/{rkey}"
    found = await stored(uri, network)
    if found is None:
        raise XrpcError(400, "RecordNotFound", f"Could not locate record: {uri}")
    return found


async def list_records(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    """Newest keys first; the cursor is the last key shown."""
    account = await find(network, parameter(request, "repo"))
    if account is None:
        raise invalid(f"Could not find repo: {parameter(request, 'repo')}")
    collection, limit = parameter(request, "collection"), int(request.query_params.get("limit", 50))
    before = request.query_params.get("cursor", "")
    if collection == POSTS:
        found = [as_record(post) for post in await network.posts(account.id) if "record" in post.data]
    else:
        prefix = f"at://{account.id}/{collection}/"
        found = [one for one in await network.all_kept("records") if one["uri"].startswith(prefix)]
    if "partial_listing" in network.flags:
        found = found[: len(found) // 2]
    found.sort(key=lambda one: _rkey(one), reverse="reverse" not in request.query_params)
    page = [one for one in found if not before or _rkey(one) < before][:limit]
    answer: dict[str, Any] = {"records": page}
    if len(page) == limit:
        answer["cursor"] = _rkey(page[-1])
    return answer


def _rkey(record: Mapping[str, Any]) -> str:
    return str(record["uri"]).rpartition("/")[2]


async def upload_blob(request: Request, network: SimulatedNetwork) -> dict[str, Any]:
    await speaker(request, network)
    declared = request.headers.get("content-type", "")
    if not declared:
        raise invalid("Request encoding (Content-Type) required but not provided")
    content = await request.body()
    if len(content) > USUAL_BLOB_BYTES:
        raise XrpcError(413, "PayloadTooLarge", "request entity too large")
    cid = blob_cid(content)
    mime = sniffed(content) or declared
    await network.keep("blobs", cid, {"mime": mime, "size": len(content)})
    return {"blob": {"$type": "blob", "ref": {"$link": cid}, "mimeType": mime, "size": len(content)}}


def sniffed(content: bytes) -> str:
    """What the bytes say they are, whatever was declared."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return "video/mp4"
    return next((mime for start, mime in SIGNATURES if content.startswith(start)), "")
