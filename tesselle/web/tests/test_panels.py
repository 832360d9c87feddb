"""A higher app speaks in a lower page's slot."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tesselle.web import panels
from tesselle.web.panels import Content


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})


def late(request, *, post):
    return Content("web/components/empty_state.html", {"title": f"late {post}"})


def early(request, *, post):
    return Content("web/components/empty_state.html", {"title": f"early {post}"})


def silent(request, *, post):
    return None


def test_panels_speak_in_order_about_the_subject():
    panels.register("compose.planning", late, order=20)
    panels.register("compose.planning", early, order=10)

    found = panels.contents("compose.planning", RequestFactory().get("/"), post="p1")

    assert [content.context["title"] for content in found] == ["early p1", "late p1"]


def test_a_panel_with_nothing_to_say_is_left_out():
    panels.register("compose.planning", silent)

    assert panels.contents("compose.planning", RequestFactory().get("/"), post="p1") == []


def test_a_slot_nobody_fills_is_empty():
    assert panels.contents("nobody.here", RequestFactory().get("/")) == []


def test_the_tag_draws_each_panel_with_its_own_context():
    panels.register("compose.planning", early)
    page = Template('{% load components %}{% panels "compose.planning" post="p1" %}')

    drawn = page.render(Context({"request": RequestFactory().get("/"), "title": "of the page"}))

    assert "early p1" in drawn
    assert "of the page" not in drawn


def test_a_panel_can_be_taken_back():
    panels.register("compose.planning", early)

    panels.unregister("compose.planning", early)

    assert panels.contents("compose.planning", RequestFactory().get("/"), post="p1") == []
