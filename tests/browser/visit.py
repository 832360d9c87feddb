"""A person in front of the browser: opens pages, and nothing that goes wrong there goes unseen."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

from tests.browser.looks import HEIGHT, Language, Look

PICTURES = Path(__file__).parents[2] / "build" / "browser"
EVERY_STEP = os.environ.get("TESSELLE_STEPS", "") == "1"
PATIENCE_MS = 60_000
# What the browser calls off itself: a page left while it loads, a check overtaken by the next letter.
_CALLED_OFF = "net::ERR_ABORTED"
# Browser and htmx complain of each answer above 399, which `_response` judges, and htmx of what was called off;
# the worker of the home screen is kept away (`conftest.new_context`).
_JUDGED_ELSEWHERE = (
    "Failed to load resource: the server responded",
    "Response Status Error Code",
    "htmx:afterRequest",
    "htmx:sendAbort",
    "Service Worker registration blocked by Playwright",
)
# `wait_for_function` would not do: asking a second time, it is refused by the page's policy.
_AT_REST = """() => Promise.all(
  document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => {})))"""


@dataclass  # Playwright keeps notes on a handler's object, so no slots
class Visit:
    """One tab. `statuses`: answers of 400 and above that this visit is about (a refused form, a lost page)."""

    page: Page
    address: str
    name: str
    language: Language = "fr"
    statuses: set[int] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    steps: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def open(self, path: str) -> None:
        self.page.goto(path if "://" in path else f"{self.address}{path}")

    def wear(self, look: Look) -> None:
        self.page.set_viewport_size({"width": look.width_px, "height": HEIGHT})
        self.page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")
        # Until every colour has arrived; what turns for ever is let be.
        self.page.evaluate(_AT_REST)

    def step(self, what: str) -> None:
        """Marks a step; kept as a picture when TESSELLE_STEPS=1."""
        self.steps += 1
        if EVERY_STEP:
            self.picture(f"{self.steps:02}-{what}")

    def picture(self, what: str) -> Path:
        path = PICTURES / _safe(self.name) / f"{_safe(what)}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hiding the caret would put a style into the page, which its policy forbids.
        self.page.screenshot(path=path, full_page=True, caret="initial")
        return path

    def send(self, button: str = "button.button--main") -> None:
        """Press the main button of the form in the page and wait for the answer's page."""
        with self.page.expect_navigation():
            self.page.locator(f"main {button}").first.click()

    def is_at(self, pattern: str) -> None:
        expect(self.page).to_have_url(re.compile(re.escape(self.address) + pattern))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_JUDGED_ELSEWHERE):
            self.troubles.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != _CALLED_OFF:
            self.troubles.append(f"request: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.statuses:
            self.troubles.append(f"answer: {response.status} for {response.url}")


def new_visit(context: BrowserContext, address: str, name: str, **more: Any) -> Visit:
    context.set_default_timeout(PATIENCE_MS)
    return Visit(context.new_page(), address, name, **more)


def _safe(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-")[:100]
