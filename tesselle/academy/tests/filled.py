"""The fields of a page's forms as a browser would send them back, with some of them changed."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Fields(HTMLParser):
    def __init__(self, action: str | None) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.values: dict[str, str] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.inside = values.get("action") == self.action and values.get("method") == "post"
        if not self.inside:
            return
        name, kind = values.get("name", ""), values.get("type", "")
        if tag == "input" and (kind not in ("checkbox", "radio") or "checked" in values):
            self.values[name] = values.get("value", "on" if kind == "checkbox" else "")
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, "")
        elif tag == "option" and "selected" in values:
            self.values[self.select] = values.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The first line break after the tag belongs to the mark-up.
            self.values[self.area] = self.values[self.area].removeprefix("\n")
            self.area = ""


def filled(client: Client, page: str, action: str | None, **changed: Any) -> dict[str, Any]:
    parser = _Fields(action)
    parser.feed(client.get(page).content.decode())
    found = {name: value for name, value in parser.values.items() if name}
    found.pop("csrfmiddlewaretoken", None)
    assert found, f"{page} has no form for {action}"
    return {name: value for name, value in (found | changed).items() if value is not None}
