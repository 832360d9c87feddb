"""What the base template reads on every page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from tesselle.web import navigation

THEME_COOKIE = "tesselle_theme"
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Shell:
    """Computed when the template first asks, so that a fragment pays nothing for the navigation."""

    request: HttpRequest

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else "auto"

    @cached_property
    def main_links(self) -> tuple[navigation.Link, ...]:
        return tuple(navigation.links(self.request, "main"))

    @cached_property
    def tabs(self) -> navigation.Tabs | None:
        return navigation.tabs(self.request)

    @cached_property
    def account_links(self) -> tuple[navigation.Link, ...]:
        return tuple(navigation.links(self.request, "account"))

    @property
    def is_in_account(self) -> bool:
        """The account's own list is folded away elsewhere: a rail shows what the day's work needs."""
        return any(link.is_current for link in self.account_links)

    @property
    def workspace_name(self) -> str:
        """Set on the request by whoever knows workspaces; the shell only shows it."""
        return str(getattr(getattr(self.request, "workspace", None), "name", ""))


def shell(request: HttpRequest) -> dict[str, Any]:
    """A template context processor."""
    return {"shell": Shell(request)}
