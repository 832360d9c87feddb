"""The same requests, the same answers: asked of the sandbox and of a real server alike.

What is expected was measured on WordPress 6.1.9 with MariaDB in November 2026.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from tesselle.connectors.tests.stage import png
from tesselle.networks.wordpress.answers import code_of
from tesselle.networks.wordpress.tests.site import Site

ALL = "status=draft,pending,publish,future,private,trash&context=edit"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
NAMED = 'attachment; filename="%s"'


@dataclass(frozen=True)
class Case:
    """`{draft}`, `{post}`, `{comment}` and `{trashed}` in a path or in data stand for ids."""

    role: str
    method: str
    path: str
    status: int
    code: str = ""
    data: Any = None
    more: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.role or 'nobody'}-{self.method}-{self.path}-{self.status}-{self.code}"


def upload(role: str, status: int, code: str, data: bytes, mime: str, name: str) -> Case:
    more = {"content_type": mime, "content_disposition": NAMED % name}
    return Case(role, "POST", "/media", status, code, data, more)


CASES = (
    # a wrong password is an anonymous reader
    Case("wrong", "GET", "/posts", 200),
    Case("wrong", "GET", "/users/me?context=edit", 401, "rest_not_logged_in"),
    Case("", "GET", "/users/me?context=edit", 401, "rest_not_logged_in"),
    Case("wrong", "GET", f"/posts?{ALL}", 400, "rest_invalid_param"),
    Case("wrong", "GET", "/posts?context=edit", 401, "rest_forbidden_context"),
    Case("wrong", "GET", "/posts/{draft}", 401, "rest_forbidden"),
    Case("wrong", "GET", "/posts/{post}?context=edit", 401, "rest_forbidden_context"),
    Case("wrong", "POST", "/posts", 401, "rest_cannot_create", {"title": "a"}),
    Case("wrong", "POST", "/posts/{draft}", 401, "rest_cannot_edit", {"status": "publish"}),
    Case(
        "wrong", "POST", "/comments", 401, "rest_comment_login_required", {"post": "{post}", "content": "a"}
    ),
    Case("wrong", "GET", "/comments?post={post}&author=1&status=all", 401, "rest_forbidden_param"),
    Case("wrong", "GET", "/comments?post={post}&context=edit&status=all", 401, "rest_forbidden_context"),
    Case("wrong", "GET", "/media?slug=a&status=inherit&context=edit", 401, "rest_forbidden_context"),
    # roles
    Case("author", "POST", "/posts/{draft}", 403, "rest_cannot_edit", {"status": "publish"}),
    Case("author", "GET", "/posts/{draft}?context=edit", 403, "rest_forbidden_context"),
    Case("author", "GET", "/posts/{draft}", 403, "rest_forbidden"),
    Case("author", "DELETE", "/posts/{post}", 403, "rest_cannot_delete"),
    Case("author", "POST", "/categories", 403, "rest_cannot_create", {"name": "a"}),
    Case("author", "GET", "/comments?post={post}&context=edit&status=all", 403, "rest_forbidden_context"),
    Case("author", "GET", "/comments/{comment}?context=edit", 403, "rest_forbidden_context"),
    Case("author", "GET", "/comments/{comment}", 200),
    Case("contributor", "POST", "/posts", 403, "rest_cannot_publish", {"title": "a", "status": "publish"}),
    upload("contributor", 403, "rest_cannot_create", png(), "image/png", "a.png"),
    upload("", 401, "rest_cannot_create", png(), "image/png", "a.png"),
    # what is not there, or gone
    Case("editor", "GET", "/posts/999999?context=edit", 404, "rest_post_invalid_id"),
    Case("editor", "GET", "/comments/999999", 404, "rest_comment_invalid_id"),
    Case("editor", "GET", "/nothing", 404, "rest_no_route"),
    Case("editor", "DELETE", "/posts/{trashed}", 410, "rest_already_trashed"),
    Case(
        "editor", "POST", "/comments", 403, "rest_comment_invalid_post_id", {"post": 999999, "content": "a"}
    ),
    Case("editor", "POST", "/comments", 403, "rest_comment_draft_post", {"post": "{draft}", "content": "a"}),
    Case(
        "editor", "POST", "/comments", 403, "rest_comment_trash_post", {"post": "{trashed}", "content": "a"}
    ),
    # what is refused
    Case("editor", "POST", "/posts", 400, "empty_content", {"status": "draft"}),
    Case("editor", "POST", "/posts", 400, "rest_invalid_param", {"title": "a", "tags": ["a"]}),
    Case("editor", "POST", "/posts/{draft}", 400, "rest_invalid_param", {"status": "nonsense"}),
    Case("editor", "POST", "/posts", 500, "db_insert_error", {"status": "draft", "title": "a" * 65_536}),
    Case(
        "editor", "POST", "/comments", 400, "rest_comment_content_invalid", {"post": "{post}", "content": ""}
    ),
    Case("editor", "POST", "/comments", 409, "comment_duplicate", {"post": "{post}", "content": "Merci"}),
    Case("editor", "GET", "/posts?page=999", 400, "rest_post_invalid_page_number"),
    Case("editor", "GET", "/posts?per_page=101", 400, "rest_invalid_param"),
    upload("editor", 500, "rest_upload_sideload_error", SVG, "image/svg+xml", "a.svg"),
    upload("editor", 500, "rest_upload_sideload_error", b"no picture", "image/jpeg", "a.jpg"),
    upload("editor", 400, "rest_upload_no_data", b"", "image/jpeg", "a.jpg"),
    Case(
        "editor",
        "POST",
        "/media",
        400,
        "rest_upload_no_content_disposition",
        png(),
        {"content_type": "image/png"},
    ),
    Case(
        "editor",
        "POST",
        "/media",
        400,
        "rest_upload_invalid_disposition",
        png(),
        {"content_type": "image/png", "content_disposition": "inline"},
    ),
)


async def made(site: Site) -> dict[str, int]:
    """A draft, a public post with a comment, and one in the trash."""
    ids = {}
    for name, status in (("draft", "draft"), ("post", "publish"), ("trashed", "publish")):
        answer = await site.ask("POST", "/posts", "editor", {"title": uuid4().hex, "status": status})
        ids[name] = answer.mapping()["id"]
    comment = await site.ask("POST", "/comments", "editor", {"post": ids["post"], "content": "Merci"})
    ids["comment"] = comment.mapping()["id"]
    await site.ask("DELETE", f"/posts/{ids['trashed']}", "editor")
    return ids


class Wire:
    @pytest.mark.parametrize("case", CASES, ids=str)
    async def test_it_answers_as_wordpress_does(self, site: Site, case: Case):
        ids = await made(site)
        data = case.data
        if isinstance(data, dict):
            data = {name: ids[v[1:-1]] if str(v).startswith("{") else v for name, v in data.items()}

        answer = await site.ask(case.method, case.path.format(**ids), case.role, data, **case.more)

        assert (answer.status, code_of(answer)) == (case.status, case.code)

    async def test_an_inner_401_is_hidden_in_a_400(self, site: Site):
        data = (await site.ask("GET", f"/posts?{ALL}", "wrong")).mapping()["data"]

        assert data["details"]["status"]["data"]["status"] == 401

    async def test_statuses_are_adjusted_to_the_date(self, site: Site):
        async def status(**fields: str) -> str:
            answer = await site.ask("POST", "/posts", "editor", {"title": uuid4().hex, **fields})
            return str(answer.mapping()["status"])

        assert await status(status="publish", date_gmt="2040-01-01T00:00:00") == "future"
        assert await status(status="future", date_gmt="2020-01-01T00:00:00") == "publish"

    async def test_slugs_get_a_suffix_and_come_back_from_the_trash(self, site: Site):
        fields = {"title": "a", "status": "draft", "slug": f"carreaux-{uuid4().hex[:8]}"}
        first = (await site.ask("POST", "/posts", "editor", fields)).mapping()
        second = (await site.ask("POST", "/posts", "editor", fields)).mapping()
        assert (first["slug"], second["slug"]) == (fields["slug"], f"{fields['slug']}-2")

        trashed = (await site.ask("DELETE", f"/posts/{first['id']}", "editor")).mapping()
        back = (await site.ask("POST", f"/posts/{first['id']}", "editor", {"status": "draft"})).mapping()

        assert (trashed["status"], trashed["slug"]) == ("trash", f"{fields['slug']}__trashed")
        assert back["slug"] == fields["slug"]

    async def test_html_is_filtered_by_role_and_comments_of_html_survive(self, site: Site):
        content = '<script>alert(1)</script><p onclick="x()">a & b</p><!-- pub:1 -->'
        kept = {}
        for role in ("editor", "author"):
            answer = await site.ask("POST", "/posts", role, {"title": uuid4().hex, "content": content})
            kept[role] = answer.mapping()["content"]["raw"]

        assert kept["editor"] == content
        assert kept["author"] == "alert(1)<p>a &amp; b</p><!-- pub:1 -->"

    async def test_titles_are_rendered_with_entities_and_meta_is_an_empty_array(self, site: Site):
        item = (await site.ask("POST", "/posts", "editor", {"title": "Grès & co"})).mapping()

        assert item["title"] == {"raw": "Grès & co", "rendered": "Grès &#038; co"}
        assert item["meta"] == []

    async def test_a_known_tag_is_refused_with_its_number(self, site: Site):
        name = {"name": f"Été & co {uuid4().hex[:6]}"}
        first = await site.ask("POST", "/tags", "author", name)
        second = await site.ask("POST", "/tags", "author", name)

        assert (second.status, code_of(second)) == (400, "term_exists")
        assert second.mapping()["data"]["term_id"] == first.mapping()["id"]

    async def test_a_file_of_a_taken_name_gets_a_number_and_a_png_its_own_ending(self, site: Site):
        name = f"t{uuid4().hex[:8]}"
        more = {"content_type": "image/jpeg", "content_disposition": NAMED % f"{name}.jpg"}
        first = (await site.ask("POST", "/media", "author", png(), **more)).mapping()
        second = (await site.ask("POST", "/media", "author", png(), **more)).mapping()

        assert (first["slug"], second["slug"]) == (name, f"{name}-1")
        assert first["source_url"].endswith(f"{name}.png") and first["mime_type"] == "image/png"

    async def test_totals_stand_in_headers_and_count_what_is_not_shown(self, site: Site):
        ids = await made(site)
        comments = await site.ask("GET", f"/comments?post={ids['post']}&per_page=1")
        drafts = await site.ask("GET", f"/posts?include={ids['draft']}&{ALL}", "author")

        assert (comments.headers["x-wp-total"], len(comments.json())) == ("1", 1)
        assert (drafts.headers["x-wp-total"], drafts.json()) == ("1", [])

    async def test_a_user_agent_is_kept_with_a_comment_and_shown_to_editors(self, site: Site):
        ids = await made(site)
        fields = {"post": ids["post"], "content": "Oui", "author_user_agent": "Tesselle/abc"}
        comment = (await site.ask("POST", "/comments", "editor", fields)).mapping()

        assert (await site.item(f"/comments/{comment['id']}"))["author_user_agent"] == "Tesselle/abc"
        assert "author_user_agent" not in (await site.ask("GET", f"/comments/{comment['id']}")).mapping()

    async def test_somebody_elses_comment_waits_and_the_next_one_comes_too_soon(self, site: Site):
        ids = await made(site)
        first = await site.ask("POST", "/comments", "contributor", {"post": ids["post"], "content": "Un"})
        second = await site.ask("POST", "/comments", "contributor", {"post": ids["post"], "content": "Deux"})

        assert (first.status, first.mapping()["status"]) == (201, "hold")
        assert (second.status, code_of(second)) == (400, "comment_flood")
