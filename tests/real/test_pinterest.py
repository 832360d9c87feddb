"""Pinterest's own SDK drives our sandbox over loopback, and its models check what our connector sends.

The SDK is in an environment of its own, since it pins libraries that ours must not follow; `make
test-real` makes it. If connector and sandbox misread Pinterest in the same way, the SDK would not.
"""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.connectors.tests.stage import Stage, open_stage, png
from tesselle.domain.content import Content
from tesselle.networks import plugin
from tesselle.networks.pinterest.connector import PinterestConnector
from tesselle.networks.pinterest.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv/sdks/pinterest/bin/python"
SCRIPT = Path(__file__).parent / "sdks/drive_pinterest.py"
PICTURE = {
    "source_type": "image_base64",
    "content_type": "image/png",
    "data": base64.b64encode(png()).decode(),
}
NEWER_THAN_THE_SDK = {"cover_image_key_frame_time"}
"""In Pinterest's description of its API since 2024; the SDK is of 2023."""


async def sdk(act: str, server: str, token: str, **told: Any) -> Any:
    """What one act of the SDK gives, in a process of its own."""
    assert PYTHON.is_file(), "Pinterest's SDK is not installed: run `make sdks`"
    process = await asyncio.create_subprocess_exec(
        *(str(PYTHON), str(SCRIPT)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    asked = json.dumps({"act": act, "server": server, "token": token, **told}).encode()
    out, errors = await asyncio.wait_for(process.communicate(asked), 60)
    assert process.returncode == 0, errors.decode()[-3000:]
    return json.loads(out)


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    opened: SandboxAccount

    @property
    def network(self) -> Any:
        return self.house.served["pinterest"].network

    async def do(self, act: str, **told: Any) -> Any:
        return await sdk(act, self.opened.server, self.opened.answers["access_token"], **told)

    async def board(self) -> str:
        return str((await self.network.all_kept("boards"))[0]["id"])


@pytest.fixture
async def driven() -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        network = house.served["pinterest"].network
        base = f"{house.base}/pinterest"
        yield Driven(house, await SANDBOX.open_account(network, base, "carrelage", "Carrelage Dubois"))


async def test_it_finds_the_account_its_boards_and_their_sections(driven: Driven):
    found = await driven.do("look_around")

    assert found["username"] == "carrelage"
    assert found["kind"] == "BUSINESS"
    assert found["boards"] == ["Réalisations", "Idées de salles de bains"]
    assert found["sections"] == ["Cuisines", "Terrasses"]


async def test_it_makes_a_board(driven: Driven):
    made = await driven.do("make_a_board", name="Terrasses")

    assert made["privacy"] == "SECRET"
    assert (await driven.network.kept("boards", made["id"]))["name"] == "Terrasses"


async def test_it_makes_reads_lists_and_deletes_a_pin(driven: Driven):
    words = {
        "title": "Grès",
        "description": "Bleu 👷🏽",
        "link": "https://a.example/b",
        "alt_text": "Sol bleu",
    }

    made = await driven.do(
        "make_a_pin", pin={**words, "board_id": await driven.board(), "media_source": PICTURE}
    )
    assert {name: made[name] for name in words} == words
    seen = await driven.do("read_and_delete", id=made["id"])

    assert (seen["kind"], seen["media"]) == ("REGULAR", "image")
    assert seen["on_board"] == [made["id"]]
    assert seen["newest"] == made["id"]
    assert seen["gone"] == {"status": 404, "code": 50, "message": "Pin not found."}
    assert [post.removed for post in await driven.network.truth()] == [True]


async def test_it_puts_up_a_film_and_waits_for_it(driven: Driven, tmp_path: Path):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(100))

    made = await driven.do("make_a_film", file=str(film))

    assert made["put"] == 204
    assert made["seen"] == ["processing", "succeeded"]
    source = {"source_type": "video_id", "media_id": made["media_id"]}
    pin = {"board_id": await driven.board(), "title": "Pose", "media_source": source}
    refused = await driven.do("be_refused", pin=pin)
    assert (refused["status"], refused["code"]) == (400, 1)
    assert "cover_image_url" in refused["message"]
    covered = {**pin, "media_source": {**source, "cover_image_url": "https://media.example/cover.jpg"}}
    assert (await driven.do("make_a_pin", pin=covered))["title"] == "Pose"


@pytest.mark.parametrize(
    ("effect", "status", "code"),
    [(Effect.THROTTLE, 429, 8), (Effect.EXPIRED, 401, 2), (Effect.REFUSE_MEDIA, 400, 235)],
)
async def test_it_understands_each_of_the_sandboxs_own_refusals(
    driven: Driven, effect: Effect, status: int, code: int
):
    driven.house.served["pinterest"].script.add(Fault("create", effect))

    refused = await driven.do("be_refused", pin={"board_id": "1", "media_source": PICTURE})

    assert (refused["status"], refused["code"]) == (status, code)


async def test_its_models_take_every_request_of_our_connector(tmp_path: Path):
    stage = await _stage(tmp_path)
    pictures = tuple(stage.image(f"{number}.png") for number in range(5))
    contents = (
        Content(media=pictures[:1]),
        Content(
            text="d" * 800,
            title="t" * 100,
            link="https://carrelage.example/" + "l" * 2000,
            media=(replace(pictures[0], alt="a" * 500),),
            options={"section": "650000000001"},
        ),
        Content(text="Cinq", media=pictures),
        Content(text="Pose", media=(stage.film(),), options={"cover": "middle"}),
    )
    bodies = []
    for content in contents:
        whole = replace(content, options={**stage.options, **content.options})
        request = await stage.request_for(await stage.prepared(stage.step(whole)))
        assert isinstance(request.body, bytes)
        bodies.append(json.loads(request.body))

    unknown = await sdk("check_requests", "http://127.0.0.1:9", "none", bodies=bodies)

    assert unknown == [[], [], [], sorted(NEWER_THAN_THE_SDK)]


async def _stage(tmp_path: Path) -> Stage:
    async def wait(seconds: float) -> None:
        return None

    return await open_stage(replace(plugin("pinterest"), connector=PinterestConnector(wait)), tmp_path)
