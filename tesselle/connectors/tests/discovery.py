"""A request of ours held against Google's own description of an API: the discovery documents that
google-api-python-client brings along."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import googleapiclient

from tesselle.connectors.http.exchange import Exchange, Gate, Request, Transport

DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache/documents"
TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}


@cache
def document(name: str) -> dict[str, Any]:
    """`name`: `youtube.v3`."""
    told: dict[str, Any] = json.loads((DOCUMENTS / f"{name}.json").read_text())
    return told


def _methods(resources: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in resources.items():
        for method, told in (resource.get("methods") or {}).items():
            yield f"{at}{name}.{method}", told
        yield from _methods(resource.get("resources") or {}, f"{at}{name}.")


def differs(request: Request, names: tuple[str, ...]) -> tuple[str, list[str]]:
    """The method that the request calls, and where it departs from its description."""
    where = urlsplit(request.url)
    for name in names:
        told = document(name)
        for method, described in _methods(told["resources"]):
            path = _path(described, where.path, told)
            if described["httpMethod"] == request.method and path is not None:
                return method, [*_query(request, described, told, path), *_body(request, described, told)]
    return "", [f"{request.method} {where.path} is in none of {names}"]


def _path(described: Mapping[str, Any], asked: str, told: Mapping[str, Any]) -> dict[str, str] | None:
    """The parameters in the path; None where it is another one. Uploads have a path of their own."""
    upload = (described.get("mediaUpload") or {}).get("protocols") or {}
    flat = described.get("flatPath") or described["path"]
    for path in (flat, *(one["path"] for one in upload.values())):
        parts = re.split(r"(\{\+?\w+\})", path.lstrip("/"))
        pattern = "".join(_of_part(one) for one in parts)
        base = "" if path.startswith("/") else told["servicePath"]
        if match := re.fullmatch(f"/{base}{pattern}", asked):
            return match.groupdict()
    return None


def _of_part(part: str) -> str:
    named = re.fullmatch(r"\{(\+?)(\w+)\}", part)
    if named is None:
        return re.escape(part)
    return f"(?P<{named[2]}>{'.+?' if named[1] else '[^/:]+'})"


def _query(
    request: Request, described: Mapping[str, Any], told: Mapping[str, Any], path: Mapping[str, str]
) -> Iterator[str]:
    known = {**told["parameters"], **(described.get("parameters") or {})}
    given = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    for name, value in given:
        if name not in known:
            yield f"the query has {name!r}, which is not described"
        else:
            yield from _value(value, known[name], f"query {name}")
    for name, one in known.items():
        if one.get("required") and one.get("location") == "query" and name not in dict(given):
            yield f"the query lacks {name!r}"
        if one.get("location") == "path" and name in path:
            yield from _value(unquote(path[name]), one, f"path {name}")


def _value(value: str, described: Mapping[str, Any], where: str) -> Iterator[str]:
    if described.get("enum") and value not in described["enum"]:
        yield f"{where}: {value!r} is none of {described['enum']}"
    if described.get("pattern") and not re.search(described["pattern"], value):
        yield f"{where}: {value!r} does not match {described['pattern']}"
    if described["type"] == "integer":
        if not value.lstrip("-").isdecimal():
            yield f"{where}: {value!r} is no number"
        elif not int(described.get("minimum", value)) <= int(value) <= int(described.get("maximum", value)):
            yield f"{where}: {value} is out of bounds"
    if described["type"] == "boolean" and value not in {"true", "false"}:
        yield f"{where}: {value!r} is neither true nor false"


def _body(request: Request, described: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    mime = {name.lower(): value for name, value in request.headers.items()}.get("content-type", "")
    if not mime.startswith("application/json"):
        taken = (described.get("mediaUpload") or {}).get("accept") or ()
        if request.body and mime not in taken:
            yield f"a body of type {mime!r}"
        return
    if "request" not in described:
        yield "a body that nobody asked for"
        return
    assert isinstance(request.body, bytes)
    yield from _fits(json.loads(request.body), described["request"], told["schemas"], "body")


def _fits(sent: Any, schema: Mapping[str, Any], schemas: Mapping[str, Any], where: str) -> Iterator[str]:
    schema = schemas[schema["$ref"]] if "$ref" in schema else schema
    wanted = TYPES.get(schema.get("type", "object"), (object,))
    if not isinstance(sent, wanted) or (isinstance(sent, bool) and bool not in wanted):
        yield f"{where} is {sent!r}, not of type {schema.get('type')}"
    elif isinstance(sent, list):
        for one in sent:
            yield from _fits(one, schema["items"], schemas, f"{where}[]")
    elif isinstance(sent, dict):
        known = schema.get("properties") or {}
        for name, value in sent.items():
            if name not in known:
                yield f"{where}.{name} is not described"
            elif known[name].get("readOnly"):
                yield f"{where}.{name} is Google's to write"
            else:
                yield from _fits(value, known[name], schemas, f"{where}.{name}")
    elif schema.get("enum") and sent not in schema["enum"]:
        yield f"{where}: {sent!r} is none of {schema['enum']}"


class Watched:
    """A transport that holds each request against the documents. `aside`: paths they do not describe."""

    def __init__(self, inner: Transport, names: tuple[str, ...], aside: str = "") -> None:
        self._inner, self._names, self._aside = inner, names, re.compile(aside or r"(?!)")
        self.methods: set[str] = set()

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        if not self._aside.search(request.url):
            method, problems = differs(request, self._names)
            assert not problems, f"{request.method} {request.url}: {problems}"
            self.methods.add(method)
        return await self._inner.exchange(request, gate)
