"""The demo, started once for the whole run, with what its staging put into it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.browser.house import ROOT, House, data_folder, living
from tests.browser.looks import Language
from tests.browser.stage import CAUTIOUS, NEWCOMER, PASSWORD, READER, STUDENT


@dataclass(frozen=True, slots=True)
class Demo:
    house: House
    states: dict[str, int]  # a delivery in each state
    draft: int
    planned_post: int
    commented: int  # a delivery with comments below it
    commented_on: int  # its channel
    channel: int
    blocked_channel: int
    photo: int
    film: int  # with captions
    logo: int  # another picture
    album: int
    consent: int
    campaign: int  # one that is over
    mailing_list: int
    subscriber: int
    newsletter: int  # a delivery that went to a list
    invitation: str  # the token of a link that nobody has used yet
    recovery_codes: list[str]  # of somebody who signs in with two steps

    @property
    def address(self) -> str:
        return self.house.address

    def owner(self, language: Language) -> tuple[str, str]:
        """An owner of the workspace who reads this language: e-mail address and password."""
        if language == "en":
            return READER, PASSWORD
        return (
            self.house.found(r"Sign in as (\S+) with"),
            self.house.found(r"with the password (\S+)"),
        )

    @property
    def cautious(self) -> tuple[str, str]:
        """Somebody with a second step."""
        return CAUTIOUS, PASSWORD

    @property
    def student(self) -> tuple[str, str]:
        """An owner who reads French and has no path yet."""
        return STUDENT, PASSWORD

    @property
    def newcomer(self) -> tuple[str, str]:
        """Somebody who belongs to no workspace."""
        return NEWCOMER, PASSWORD


@contextmanager
def running_demo() -> Iterator[Demo]:
    with data_folder() as data, living("demo", data) as house:
        environment = {**house.environment, "TESSELLE_DATA": str(data / "demo")}
        staged = subprocess.run(
            [sys.executable, "-m", "tests.browser.stage"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert staged.returncode == 0, staged.stderr
        yield Demo(house, **json.loads(staged.stdout))
