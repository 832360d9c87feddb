"""Steps that several journeys take."""

from playwright.sync_api import Locator, expect

from tests.browser.house import House
from tests.browser.visit import Visit


def begin(alice: Visit, house: House) -> None:
    """The first run: Alice becomes the owner of a workspace, and the page is closed behind her."""
    alice.open(house.found(r"(http://\S+\?token=\S+)"))
    fill(alice, name="Alice", email="alice@carreaux.example", password="correct horse battery staple")
    fill(alice, workspace_name="Carreaux du Lac")
    alice.step("première ouverture")
    alice.send()
    alice.is_at("/$")
    alice.step("calendrier vide")

    stranger = alice.page.context.request.get(house.found(r"(http://\S+\?token=\S+)"))
    assert stranger.status == 404, "the page works once"


def fill(alice: Visit, **typed: str) -> None:
    for name, value in typed.items():
        alice.page.locator(f"main form [name={name}]").fill(value)


def try_to_connect(alice: Visit, network: str, **typed: str) -> None:
    alice.open(f"/channels/connect/{network}/")
    fill(alice, **typed)
    alice.step(f"{network} réponses")
    alice.send()


def connect(alice: Visit, network: str, **typed: str) -> None:
    """Type the answers, see who answered, confirm."""
    try_to_connect(alice, network, **typed)
    alice.is_at("/channels/connect/confirm/")
    expect(alice.page.locator("main .note--good")).to_be_visible()
    alice.step(f"{network} le bon compte")
    alice.send()
    alice.is_at(r"/channels/\d+/$")
    alice.step(f"{network} connecté")


def variant(alice: Visit, network: str) -> Locator:
    mark = alice.page.locator(f"img[alt='{network}']")
    return alice.page.locator("article.variant").filter(has=mark)
