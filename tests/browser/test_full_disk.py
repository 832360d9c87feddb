"""A disk without room: what somebody sees who adds a picture, and that nothing is lost.

The web processes are forbidden to write long files: to them it is as if the disk took no more.
"""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tesselle.library.tests.pictures import noise
from tests.browser.conftest import OpenVisit
from tests.browser.house import House, data_folder, living
from tests.browser.journey import begin
from tests.browser.visit import Visit
from tests.browser.words import in_french

REFUSED = 422
SMALL_BYTES = 20_000
NAME = "fresque.jpg"
TOLD = "“%(name)s” could not be kept: the disk is full. Tell whoever runs this installation."
TEXT = "La photo de la fresque, enfin."


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with data_folder() as data, living("up", data) as house:
        yield house


@contextmanager
def no_room(house: House) -> Iterator[None]:
    for child in web_processes(house):
        resource.prlimit(child, resource.RLIMIT_FSIZE, (SMALL_BYTES, resource.RLIM_INFINITY))
    yield
    for child in web_processes(house):
        resource.prlimit(child, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def web_processes(house: House) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=,comm=,args=", "--ppid", str(house.pid)], capture_output=True, text=True, check=True
    )
    lines = [line.split(None, 1) for line in found.stdout.splitlines()]
    return [int(pid) for pid, rest in lines if "postgres" not in rest]


def test_a_picture_that_finds_no_room_leaves_the_words_where_they_are(
    house: House, visit: OpenVisit, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_bytes(noise(900, 600))
    alice = visit(house.address, "fr")
    alice.statuses = {404}
    begin(alice, house)
    alice.open("/posts/new")
    alice.page.locator("#shared-text-0").fill(TEXT)

    alice.statuses = {REFUSED}
    with no_room(house):
        alice.page.locator("#upload-files").set_input_files(tmp_path / NAME)
        expect(alice.page.locator(".upload-item[data-state=failed]")).to_contain_text(
            in_french(TOLD, name=NAME)
        )
        expect(alice.page.locator(".upload-item progress")).to_have_count(0)
        alice.step("disque plein")
        expect(alice.page.locator("#shared-text-0")).to_have_value(TEXT)
        without_script(alice, tmp_path)

    alice.open("/posts/new")
    alice.page.locator("#shared-text-0").fill(TEXT)
    alice.page.locator("#upload-files").set_input_files(tmp_path / NAME)
    expect(alice.page.locator("textarea[id^=alt-]")).to_be_visible()
    expect(alice.page.locator("#shared-text-0")).to_have_value(TEXT)
    alice.step("de nouveau de la place")


def without_script(alice: Visit, folder: Path) -> None:
    """The same as plain HTML: a page that says it."""
    form = alice.page.locator("#composer")
    token = form.locator("[name=csrfmiddlewaretoken]").get_attribute("value") or ""
    answer = alice.page.context.request.post(
        f"{alice.address}/posts/new",
        multipart={
            "csrfmiddlewaretoken": token,
            "do": "upload",
            "shared-text": TEXT,
            "files": {
                "name": NAME,
                "mimeType": "image/jpeg",
                "buffer": (folder / NAME).read_bytes(),
            },
        },
        headers={"Referer": alice.address},
    )
    assert answer.status == REFUSED
    assert in_french(TOLD, name=NAME) in answer.text()
    assert TEXT in answer.text()
