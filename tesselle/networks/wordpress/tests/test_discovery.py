"""Sites that keep their interface elsewhere, and an upload that half succeeded."""

import json
from dataclasses import replace

import pytest

from tesselle.connectors.http.exchange import Exchange, Request, Response
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.networks.wordpress.discovery import discover, typed_address
from tesselle.networks.wordpress.tests.site import Site

INDEX = Response(200, {}, json.dumps({"name": "A", "namespaces": ["wp/v2"]}).encode())
LINK = b"<head><link rel='https://api.w.org/' href='https://tiles.example/blog/rest/' /></head>"


class Answers:
    """A transport with an answer for each address; anything else is 404."""

    def __init__(self, answers: dict[str, Response]) -> None:
        self.answers = answers

    async def exchange(self, request: Request, gate: object = None) -> Exchange:
        return Exchange(True, self.answers.get(request.url, Response(404, {}, b"<html>")))


@pytest.mark.parametrize(
    ("answers", "root"),
    [
        (
            {
                "https://tiles.example/": Response(301, {"location": "https://www.tiles.example/"}, b""),
                "https://www.tiles.example/": Response(200, {}, LINK),
                "https://tiles.example/blog/rest/": INDEX,
            },
            "https://tiles.example/blog/rest",
        ),
        ({"https://tiles.example/wp-json/": INDEX}, "https://tiles.example/wp-json"),
        ({"https://tiles.example/?rest_route=/": INDEX}, "https://tiles.example/?rest_route="),
    ],
    ids=["renamed, behind a redirect, named in the page", "usual place", "no pretty addresses"],
)
async def test_the_interface_is_found(site: Site, answers: dict[str, Response], root: str):
    site.transport = Answers(answers)

    assert (await discover("tiles.example", site.api()))[0] == root


async def test_a_site_without_it_is_told_so(site: Site):
    site.transport = Answers({})

    with pytest.raises(RejectedError, match=r"No WordPress interface was found at https://tiles\.example"):
        await discover("tiles.example", site.api())


def test_what_is_typed_may_be_a_page_of_the_administration():
    assert typed_address(" tiles.example/blog/wp-admin/profile.php ") == "https://tiles.example/blog"
    assert typed_address("http://127.0.0.1:8080/wp-login.php") == "http://127.0.0.1:8080"


async def test_a_file_kept_in_spite_of_a_500_is_finished_and_not_sent_again(stage: Stage):
    class Stumbling:
        inner = stage.transport

        async def exchange(self, request: Request, gate: object = None) -> Exchange:
            done = await self.inner.exchange(request)
            if request.method == "POST" and request.url.endswith("/media"):
                assert done.response is not None
                return Exchange(True, replace(done.response, status=500, body=b"<p>critical error</p>"))
            return done

    stage.transport = Stumbling()
    await stage.prepared(stage.step(Content(text="Carreaux", media=(stage.image(),))))

    assert len(await stage.network.all_kept("media")) == 1
