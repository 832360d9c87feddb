"""The pages below Findings, in their order. Higher folders announce theirs when they start."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from tesselle.web.panels import Content


@dataclass(frozen=True, slots=True)
class Tab:
    label: str | Promise
    address: str
    order: int


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    _tabs[tab.address] = tab


def tabs_panel(_request: HttpRequest, *, current: str) -> Content:
    shown = [
        (tab.label, reverse(tab.address), tab.address == current)
        for tab in sorted(_tabs.values(), key=lambda tab: tab.order)
    ]
    return Content("learn/_tabs.html", {"tabs": shown})
