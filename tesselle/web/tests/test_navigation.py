"""Features announce their pages; the shell knows where one is."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import ResolverMatch

from tesselle.web import navigation
from tesselle.web.navigation import Entry, Group


def calendar_address(request: HttpRequest) -> str:
    return "/plan/calendar/"


def plan_address(request: HttpRequest) -> str:
    return "/plan/"


def nowhere(request: HttpRequest) -> str:
    return ""


@pytest.fixture(autouse=True)
def entries(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_groups", {})
    monkeypatch.setattr(navigation, "_homes", {})


def labels() -> list[str]:
    return [str(link.label) for link in navigation.links(RequestFactory().get("/"))]


def current(path: str) -> list[str]:
    return [str(link.label) for link in navigation.links(RequestFactory().get(path)) if link.is_current]


def test_entries_stand_in_their_order_whoever_came_first():
    navigation.register(Entry("Calendar", calendar_address, "calendar", 20))
    navigation.register(Entry("Plan", plan_address, "queue", 10))

    assert labels() == ["Plan", "Calendar"]


def test_registering_twice_shows_once():
    navigation.register(Entry("Plan", plan_address, "queue", 10))
    navigation.register(Entry("Plan", plan_address, "queue", 10))

    assert labels() == ["Plan"]


def test_an_entry_without_an_address_is_hidden():
    navigation.register(Entry("Nowhere", nowhere, "queue", 10))

    assert labels() == []


def test_only_the_nearest_entry_is_current():
    navigation.register(Entry("Plan", plan_address, "queue", 10))
    navigation.register(Entry("Calendar", calendar_address, "calendar", 20))

    assert current("/plan/calendar/2026-03/") == ["Calendar"]
    assert current("/plan/queues/") == ["Plan"]
    assert current("/planet/") == []


@pytest.mark.urls("tesselle.web.tests.urls")
def test_a_url_name_is_resolved():
    navigation.register(Entry("Guide", "web:styleguide", "help", 1, place="account"))

    links = navigation.links(RequestFactory().get("/styleguide"), "account")

    assert [(link.url, link.is_current) for link in links] == [("/styleguide", True)]


@pytest.mark.urls("tesselle.web.tests.urls")
def test_a_page_with_an_address_of_its_own_says_where_it_belongs():
    navigation.register(Entry("Guide", "web:styleguide", "help", 1))
    request = RequestFactory().get("/elsewhere")
    request.resolver_match = ResolverMatch(nowhere, (), {}, "elsewhere", namespaces=["other"])
    assert not navigation.links(request)[0].is_current

    navigation.belongs("other:elsewhere", to="web:styleguide")

    link = navigation.links(request)[0]
    assert (link.is_current, link.is_here) == (True, False)


def test_an_entry_can_be_taken_back():
    entry = Entry("Plan", plan_address, "queue", 10)
    navigation.register(entry)

    navigation.unregister(entry)

    assert labels() == []


def test_a_group_is_one_line_and_its_pages_stand_beside_each_other():
    navigation.register_group(Group("posts", "Posts", "queue", 30))
    navigation.register(Entry("Calendar", calendar_address, "calendar", 20, group="posts"))
    navigation.register(Entry("Plan", plan_address, "queue", 10, group="posts"))
    navigation.register(Entry("Guide", "web:styleguide", "help", 20))
    request = RequestFactory().get("/plan/calendar/november")

    rail = navigation.links(request)
    beside = navigation.tabs(request)

    assert [(str(link.label), link.url, link.is_current) for link in rail] == [
        ("Guide", "/styleguide", False),
        ("Posts", "/plan/", True),
    ]
    assert beside is not None
    assert [(str(link.label), link.is_current) for link in beside.links] == [
        ("Plan", False),
        ("Calendar", True),
    ]
    assert navigation.tabs(RequestFactory().get("/styleguide")) is None


def test_a_group_of_which_one_page_may_be_seen_has_no_tabs():
    navigation.register_group(Group("posts", "Posts", "queue", 30))
    navigation.register(Entry("Plan", plan_address, "queue", 10, group="posts"))
    navigation.register(Entry("Nowhere", nowhere, "queue", 5, group="posts"))

    assert labels() == ["Posts"]
    assert navigation.tabs(RequestFactory().get("/plan/")) is None
