"""The same requests, the same answers: asked of the sandbox and of a real server alike.

What is expected was measured on Ghost 6.65.0 in November 2026.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from tesselle.networks.ghost.answers import error_of
from tesselle.networks.ghost.tests.site import Site, one

NOTHING = "6489000000000000000000ff"
DRAFTS = "/posts/?filter=status:draft&limit=1"


@dataclass(frozen=True)
class Case:
    """`{draft}` in a path stands for a draft's number."""

    method: str
    path: str
    status: int
    kind: str = ""
    code: str | None = None
    fields: Any = None
    signed: str = "good"
    body: bytes = b""

    def __str__(self) -> str:
        return f"{self.signed or 'unsigned'}-{self.method}-{self.path[:40]}-{self.status}-{self.kind}"


CASES = (
    # who asks
    Case("GET", "/site/", 200, signed=""),
    Case("GET", DRAFTS, 200),
    Case("GET", DRAFTS, 403, "NoPermissionError", signed=""),
    Case("GET", DRAFTS, 401, "UnauthorizedError", "INVALID_JWT", signed="wrong"),
    Case("GET", DRAFTS, 401, "UnauthorizedError", "UNKNOWN_ADMIN_API_KEY", signed="unknown"),
    Case("GET", DRAFTS, 401, "UnauthorizedError", "INVALID_JWT", signed="old"),
    Case("GET", DRAFTS, 400, "BadRequestError", "INVALID_JWT", signed="garbage"),
    # what is not there
    Case("GET", f"/posts/{NOTHING}/", 404, "NotFoundError"),
    Case("GET", "/posts/slug/nothing-of-that-name/", 404, "NotFoundError"),
    Case("DELETE", f"/posts/{NOTHING}/", 404, "NotFoundError"),
    Case(
        "PUT",
        f"/posts/{NOTHING}/",
        404,
        "NotFoundError",
        fields=one({"status": "published", "updated_at": "2026-01-01T00:00:00.000Z"}),
    ),
    Case("GET", "/posts/xyz/", 422, "ValidationError"),
    Case("GET", "/posts/?filter=:::", 400, "BadRequestError"),
    # what is refused
    Case("POST", "/posts/", 422, "ValidationError", fields={}),
    Case("POST", "/posts/", 422, "ValidationError", fields=one({"html": "<p>a</p>"})),
    Case("POST", "/posts/", 422, "ValidationError", fields=one({"title": "a" * 256})),
    Case("POST", "/posts/", 201, fields=one({"title": "a" * 255})),
    Case("POST", "/posts/", 201, fields=one({"title": "😀" * 255})),
    Case("POST", "/posts/", 422, "ValidationError", fields=one({"title": "😀" * 256})),
    Case("POST", "/posts/", 422, "ValidationError", fields=one({"title": "a", "custom_excerpt": "a" * 301})),
    Case("POST", "/posts/", 201, fields=one({"title": "a", "custom_excerpt": "a" * 300})),
    Case(
        "POST", "/posts/", 422, "ValidationError", fields=one({"title": "a", "feature_image_alt": "a" * 192})
    ),
    Case("POST", "/posts/", 201, fields=one({"title": "a", "feature_image_alt": "a" * 191})),
    Case("POST", "/posts/", 422, "ValidationError", fields=one({"title": "a", "status": "nonsense"})),
    Case("POST", "/posts/", 400, "InternalServerError", "UNEXPECTED_ERROR", body=b"{"),
    Case("PUT", "/posts/{draft}/", 422, "ValidationError", fields=one({"title": "b"})),
    Case(
        "PUT",
        "/posts/{draft}/",
        409,
        "UpdateCollisionError",
        "UPDATE_COLLISION",
        fields=one({"title": "b", "updated_at": "2026-01-01T00:00:00.000Z"}),
    ),
)


async def made(site: Site, **fields: Any) -> dict[str, Any]:
    answer = await site.ask("POST", "/posts/?source=html", one({"title": uuid4().hex, **fields}))
    return answer.mapping()["posts"][0]


class Wire:
    @pytest.mark.parametrize("case", CASES, ids=str)
    async def test_it_answers_as_ghost_does(self, site: Site, case: Case):
        path = case.path
        if "{draft}" in path:
            path = path.format(draft=(await made(site))["id"])

        answer = await site.ask(case.method, path, case.fields, case.signed, case.body)

        error = error_of(answer)
        assert (answer.status, error.get("type", ""), error.get("code")) == (
            case.status,
            case.kind,
            case.code,
        )

    async def test_the_second_of_an_address_gets_a_number(self, site: Site):
        slug = f"carreaux-{uuid4().hex[:8]}"

        first, second = await made(site, slug=slug), await made(site, slug=slug)

        assert (first["slug"], second["slug"]) == (slug, f"{slug}-2")

    async def test_saying_the_same_again_is_no_collision(self, site: Site):
        draft = await made(site, html="<p>Un</p>")
        fields = one({"status": "published", "updated_at": draft["updated_at"]})

        first = await site.ask("PUT", f"/posts/{draft['id']}/", fields)
        again = await site.ask("PUT", f"/posts/{draft['id']}/", fields)

        assert (first.status, again.status) == (200, 200)
        assert again.mapping()["posts"][0]["published_at"] == first.mapping()["posts"][0]["published_at"]

    async def test_words_come_back_as_plain_text(self, site: Site):
        draft = await made(site, html="<p>Été &amp; &lt;b&gt;<br>Deux</p><p>Trois</p>")

        seen = await site.post(f"/posts/{draft['id']}/?formats=html,plaintext")

        assert seen["plaintext"] == "Été & <b>\nDeux\n\nTrois"
        assert seen["html"] == "<p>Été &amp; &lt;b&gt;<br>Deux</p><p>Trois</p>"

    async def test_an_empty_title_is_said_to_be_none(self, site: Site):
        assert (await made(site, title=""))["title"] == "(Untitled)"

    async def test_lists_tell_their_total(self, site: Site):
        await made(site)
        answer = (await site.ask("GET", "/posts/?filter=status:draft&limit=1")).mapping()

        assert len(answer["posts"]) == 1
        assert answer["meta"]["pagination"]["total"] >= 1

    async def test_a_deletion_says_nothing(self, site: Site):
        draft = await made(site)

        answer = await site.ask("DELETE", f"/posts/{draft['id']}/")

        assert (answer.status, answer.body) == (204, b"")
