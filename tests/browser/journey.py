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


def fill(alice: Visit, **typed: str) -> Locator:
    """Type into the form that has all these fields; where it is folded away, open it first."""
    page = alice.page
    form = page.locator("main form")
    for name in typed:
        form = form.filter(has=page.locator(f"[name={name}]"))
    for summary in form.locator("xpath=ancestor::details[not(@open)]/summary").all():
        summary.click()
    for name, value in typed.items():
        form.locator(f"[name={name}]").fill(value)
    return form


def answer(alice: Visit, step: str, **typed: str) -> None:
    """Fill in a form and send it."""
    form = fill(alice, **typed)
    alice.step(step)
    with alice.page.expect_navigation():
        form.locator("button.button--main").click()


def try_to_connect(alice: Visit, network: str, **typed: str) -> None:
    alice.open(f"/channels/connect/{network}/")
    answer(alice, f"{network} réponses", **typed)


def connect(alice: Visit, network: str, **typed: str) -> str:
    """Type the answers, see who answered, confirm; gives the path of the channel's page."""
    try_to_connect(alice, network, **typed)
    alice.is_at("/channels/connect/confirm/")
    expect(alice.page.locator("main .note--good")).to_be_visible()
    alice.step(f"{network} le bon compte")
    alice.send()
    alice.is_at("/channels/connect/done/")
    alice.step(f"{network} connecté")
    return alice.page.locator(".wizard-new a").get_attribute("href") or ""


def variant(alice: Visit, network: str) -> Locator:
    mark = alice.page.locator(f"img[alt='{network}']")
    return alice.page.locator("article.variant").filter(has=mark)
