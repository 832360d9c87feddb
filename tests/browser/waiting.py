"""Waiting for a condition of ours; Playwright waits for those of a page."""

import time
from collections.abc import Callable, Sequence

from playwright.sync_api import Page, Route

PATIENCE_SECONDS = 120.0


def wait_until(holds: Callable[[], bool], what: str, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Ask until it holds; `what` is named when it never does."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, f"{what} did not come within {seconds:.0f} s"
        time.sleep(0.1)


def wait_until_held(page: Page, waiting: Sequence[Route], number: int = 1) -> None:
    """Playwright tells of a request a moment before it can be held."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while len(waiting) < number:
        assert time.monotonic() < give_up, f"{number} requests were not held"
        page.evaluate("1")  # takes in what the browser has to tell


def wait_until_let_go(page: Page, name: str) -> None:
    """Until the browser itself holds nothing under such a name: the server has it."""
    held = "(name) => Object.keys(localStorage).some((one) => one.includes(name))"
    wait_until(lambda: not page.evaluate(held, name), f"“{name}” out of the browser")


def wait_until_stored(page: Page, words: str) -> None:
    """Until the browser itself holds these words: its scripts may come after the page."""
    held = "(words) => Object.values(localStorage).some((one) => one.includes(words))"
    wait_until(lambda: bool(page.evaluate(held, words)), f"“{words}” in the browser")
