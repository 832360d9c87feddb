"""praw, the best-kept client of Reddit, drives our sandbox over loopback.

It lives in an environment of its own, since its libraries are not ours; `make sdks` makes it. Reddit
has no client of its own: what connector and sandbox misread alike, praw's makers have met.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.connectors.tests.stage import png
from tesselle.networks.reddit.sandbox import SANDBOX, posts
from tesselle.simulation.faults import Effect, Fault

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv/sdks/reddit/bin/python"
SCRIPT = Path(__file__).parent / "sdks/drive_reddit.py"


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    opened: SandboxAccount

    @property
    def network(self) -> Any:
        return self.house.served["reddit"].network

    async def do(self, act: str, **told: Any) -> Any:
        """What one act gives, in a process of its own."""
        assert PYTHON.is_file(), "praw is not installed: run `make sdks`"
        process = await asyncio.create_subprocess_exec(
            *(str(PYTHON), str(SCRIPT)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        kept = ("client_id", "client_secret", "refresh_token")
        asked = {name: self.opened.answers[name] for name in kept}
        asked |= {"act": act, "server": self.opened.server, **told}
        out, errors = await asyncio.wait_for(process.communicate(json.dumps(asked).encode()), 60)
        assert process.returncode == 0, errors.decode()[-3000:]
        return json.loads(out)


@pytest.fixture
async def driven() -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        network, base = house.served["reddit"].network, f"{house.base}/reddit"
        yield Driven(house, await SANDBOX.open_account(network, base, "carrelage", "Carrelage Dubois"))


async def test_it_renews_the_sign_in_and_finds_communities_and_rules(driven: Driven):
    found = await driven.do("look_around")

    assert found["name"] == "carrelage"
    assert found["communities"] == ["belleslectures", "carrelage", "suisseromande"]
    assert found["rules"] == ["Restez courtois", "Pas plus d'une annonce par semaine"]
    assert found["needs_flair"] is True


async def test_it_writes_reads_talks_edits_and_deletes(driven: Driven):
    words = {"title": "Été & grès", "text": "*Bleu* <b> 👷🏽"}

    made = await driven.do("write", community="u_carrelage", **words)
    assert {name: made[name] for name in words} == words
    seen = await driven.do("talk", id=made["id"])

    assert set(seen["said"]) == {"Cent vingt francs.", "Par mètre."}
    assert seen["author_of_the_gone"] is None


async def test_it_is_told_that_a_link_is_there_already(driven: Driven):
    told = await driven.do("link_twice", url="https://carrelage.example/a")

    assert told["again"][0][0] == "ALREADY_SUB"


async def test_it_puts_up_pictures_films_and_galleries(driven: Driven, tmp_path: Path, monkeypatch: Any):
    monkeypatch.setattr(posts, "LISTED_AFTER", posts.LISTED_AFTER * 0)
    picture, film = tmp_path / "a.png", tmp_path / "b.mp4"
    picture.write_bytes(png())
    film.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(100))

    put = await driven.do("put_up", picture=str(picture), film=str(film))
    listed = await driven.do("own_list")

    assert put["nothing"] is None
    assert f"t3_{put['gallery']}" in {post.id for post in await driven.network.truth()}
    assert listed == [["Galerie", False, False], ["Film", False, True], ["Image", False, False]]


@pytest.mark.parametrize(
    ("community", "title", "told"),
    [
        ("nirgendwo", "Carreaux", "SUBREDDIT_NOEXIST"),
        ("belleslectures", "Carreaux", "NO_SELFS"),
        ("carrelage", "a" * 301, "TOO_LONG"),
    ],
)
async def test_it_understands_the_list_of_errors(driven: Driven, community: str, title: str, told: str):
    assert (await driven.do("be_refused", community=community, title=title))[0][0] == told


async def test_it_understands_what_the_validation_finds(driven: Driven):
    refused = await driven.do("be_refused", community="suisseromande", title="Carrelage en Suisse romande")

    assert refused[0][0] == "SUBMIT_VALIDATION_FLAIR_REQUIRED"


async def test_it_understands_a_pause(driven: Driven):
    driven.house.served["reddit"].script.add(Fault("create", Effect.THROTTLE))

    assert await driven.do("be_refused", community="carrelage", title="Carreaux") == "TooManyRequests"
