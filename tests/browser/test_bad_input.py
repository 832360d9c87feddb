"""What somebody sees who does it wrong, in French: the sentence, and that nothing is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tesselle.channels.services import _ANOTHER_ACCOUNT
from tesselle.networks.mastodon.identify import WRONG_TOKEN
from tesselle.plan.services import _IN_THE_PAST
from tests.browser.conftest import OpenVisit, new_context
from tests.browser.demo import Demo
from tests.browser.house import House, data_folder, living
from tests.browser.journey import answer, begin, connect, on_one_channel, try_to_connect, variant
from tests.browser.looks import Language
from tests.browser.visit import Visit, new_visit
from tests.browser.words import in_french, in_the_terminal
from tests.real.servers.mastodon import MastodonMock, running_mastodon_mock
from tests.real.servers.process import free_port

REFUSED = 422


@dataclass(frozen=True, slots=True)
class Street:
    """An installation with an owner, beside a Mastodon server with two accounts."""

    house: House
    mastodon: MastodonMock
    cookies: object

    @property
    def alice(self) -> dict[str, str]:
        return {"server": self.mastodon.base_url, "access_token": self.mastodon.alice.access_token}

    @property
    def bob(self) -> dict[str, str]:
        return {"server": self.mastodon.base_url, "access_token": self.mastodon.bob.access_token}


@pytest.fixture(scope="module")
def street(chromium: Browser) -> Iterator[Street]:
    nearby = {"TESSELLE_ALLOW_PRIVATE": "127.0.0.1,localhost"}
    with running_mastodon_mock() as mastodon, data_folder() as data, living("up", data, nearby) as house:
        context = new_context(chromium, "fr")
        begin(new_visit(context, house.address, "street", statuses={404}), house)
        cookies = context.storage_state()
        context.close()
        yield Street(house, mastodon, cookies)


@pytest.fixture
def owner(street: Street, visit: OpenVisit) -> Visit:
    return visit(street.house.address, "fr", street.cookies)


def test_a_wrong_token_is_told_and_the_rest_of_the_answers_stays(street: Street, owner: Visit) -> None:
    owner.statuses = {REFUSED}
    try_to_connect(owner, "mastodon", server=street.mastodon.base_url, access_token="guessed")

    expect(owner.page.get_by_role("alert")).to_contain_text(in_french(WRONG_TOKEN))
    expect(owner.page.locator("[name=server]")).to_have_value(street.mastodon.base_url)
    expect(owner.page.locator("[name=access_token]")).to_have_value("")
    owner.step("mauvais jeton")


def test_a_server_that_is_not_there_is_told_with_its_address(owner: Visit) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    owner.statuses = {REFUSED}
    try_to_connect(owner, "mastodon", server=nobody, access_token="token")

    expect(owner.page.get_by_role("alert")).to_contain_text(nobody)
    owner.step("serveur injoignable")


def test_another_account_does_not_take_over_a_channel(street: Street, owner: Visit) -> None:
    channel = connect(owner, "mastodon", **street.alice)
    owner.open(channel)
    name = owner.page.locator("h1").inner_text()
    owner.statuses = {REFUSED}
    owner.open(f"{channel}reconnect/")
    answer(owner, "un autre jeton", **street.bob)
    owner.is_at("/channels/connect/confirm/")
    owner.send("form button.button--main")

    told = in_french(_ANOTHER_ACCOUNT).split("%(new)s")[1].split("%(old)s")[0].strip()
    expect(owner.page.get_by_role("alert")).to_contain_text(told)
    expect(owner.page.locator("main .note--good, main form")).to_have_count(0)
    owner.step("un autre compte")
    owner.open(channel)
    assert owner.page.locator("h1").inner_text() == name
    owner.open("/channels/")
    expect(owner.page.locator("article.channel-card")).to_have_count(1)


def test_a_second_start_says_who_is_there_and_disturbs_nobody(street: Street, owner: Visit) -> None:
    owner.open("/channels/")

    second = street.house.run("up", "--port", str(free_port()))

    told = in_the_terminal(
        "Tesselle already runs in %(folder)s (process %(pid)d). "
        "Use that one, stop it with `kill %(pid)d`, or choose another folder with TESSELLE_DATA.",
        folder=street.house.data,
        pid=street.house.pid,
    )
    assert (second.returncode, second.stderr.strip()) == (1, f"tesselle: {told}")
    owner.open("/channels/")


def test_half_a_backup_is_noticed_and_changes_nothing(street: Street, owner: Visit, tmp_path: Path) -> None:
    whole, half = tmp_path / "entière.tar", tmp_path / "moitié.tar"
    made = street.house.run("backup", str(whole))
    assert made.returncode == 0, made.stderr
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    done = street.house.run("restore", str(half), "--replace")

    told = in_the_terminal(
        "%(path)s is cut or damaged: its checksums do not agree. Nothing was changed.", path=half
    )
    assert (done.returncode, done.stderr.strip()) == (1, f"tesselle: {told}")
    owner.open("/channels/")
    expect(owner.page.locator("main")).to_be_visible()


AsOwner = Callable[[Language], Visit]


def write(camille: Visit, text: str) -> None:
    """A new post for the demo's Bluesky channel alone."""
    camille.open("/posts/new")
    on_one_channel(camille, "Bluesky")
    expect(variant(camille, "Bluesky")).to_be_visible()
    camille.page.locator("#shared-text-0").fill(text)


def test_301_characters_for_300_are_counted_refused_and_kept(demo: Demo, as_owner: AsOwner) -> None:
    camille = as_owner("fr")
    text = "é" * 301
    write(camille, text)
    place = camille.page.locator(".composer-idea")

    expect(place.locator(".counter[data-state=over]")).to_contain_text("301 / 300")
    expect(place.locator(".note--danger button[value^='repair:'][value*=':split_thread:']")).to_be_visible()

    camille.statuses = {REFUSED}
    camille.page.locator("button[name=do][value=plan]").click()
    expect(camille.page.locator("#composer-error")).to_be_visible()
    expect(camille.page.locator("#shared-text-0")).to_have_value(text)
    camille.step("301 caractères")

    camille.page.locator("#shared-text-0").fill(text[:-1])
    expect(place.locator(".note--danger")).to_have_count(0)


def test_a_time_that_has_passed_is_refused_and_the_words_are_kept(demo: Demo, as_owner: AsOwner) -> None:
    camille = as_owner("fr")
    write(camille, "Hier, nous avons posé le dernier carreau.")
    camille.page.locator("#plan-date").fill("2020-01-01")
    camille.page.locator("#plan-time").fill("09:15")
    camille.statuses = {REFUSED}
    camille.page.locator("button[name=do][value=plan]").click()

    expect(camille.page.locator("#composer-error")).to_have_text(in_french(_IN_THE_PAST, time="09:15"))
    expect(camille.page.locator("#shared-text-0")).to_have_value("Hier, nous avons posé le dernier carreau.")
    expect(camille.page.locator("#plan-date")).to_have_value("2020-01-01")
    camille.step("une heure passée")
