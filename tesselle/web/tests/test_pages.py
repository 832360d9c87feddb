"""Whole pages: errors in plain words, the frame, the styleguide, and what htmx gets."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override
from django.views import defaults
from django.views.csrf import csrf_failure

from tesselle.web import htmx, navigation, views
from tesselle.web.states import DELIVERY_STATES, POST_STATES
from tesselle.web.toasts import notify, pending

pytestmark = pytest.mark.urls("tesselle.web.tests.urls")


@pytest.fixture(autouse=True)
def shell_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What features registered leads to addresses that these tests do not have."""
    monkeypatch.setattr(navigation, "_entries", {})


HTMX = {"HX-Request": "true"}
SPRITE = Path(__file__).parent.parent / "static/web/img/icons.svg"


@pytest.fixture
def get():
    def make(path="/", cookies=None, **headers):
        request = RequestFactory().get(path, headers=headers)
        request.COOKIES.update(cookies or {})
        setattr(request, "_messages", CookieStorage(request))  # noqa: B010 - as the message middleware does
        return request

    return make


ERRORS: dict[int, Callable[[HttpRequest], HttpResponse]] = {
    400: partial(defaults.bad_request, exception=ValueError()),
    403: partial(defaults.permission_denied, exception=PermissionError()),
    404: partial(defaults.page_not_found, exception=Http404()),
    500: defaults.server_error,
}


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_has_a_page_of_ours_with_a_heading_and_a_way_on(get, status):
    with override("en"):
        response = ERRORS[status](get("/lost/"))

    page = response.content.decode()
    assert response.status_code == status
    assert re.search(r"<h1>\S.*</h1>", page)
    assert 'class="button button--main"' in page
    assert "<script>" not in page


def test_a_stale_form_says_that_nothing_was_changed(get):
    with override("en"):
        response = csrf_failure(get("/"))

    assert response.status_code == 403
    assert "Nothing was changed" in response.content.decode()


def test_error_pages_speak_french(get):
    with override("fr"):
        page = ERRORS[404](get("/lost/")).content.decode()

    assert '<html lang="fr"' in page
    assert "Il n’y a rien ici" in page


def test_the_chosen_theme_is_on_the_page_before_any_script_runs(get):
    assert 'data-theme="dark"' in ERRORS[404](get("/", cookies={"tesselle_theme": "dark"})).content.decode()
    assert 'data-theme="auto"' in ERRORS[404](get("/", cookies={"tesselle_theme": "odd"})).content.decode()


def test_choosing_a_theme_keeps_it_and_comes_back():
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": "/plan/"})

    response = views.set_theme(request)

    assert response.headers["Location"] == "/plan/"
    assert response.cookies["tesselle_theme"].value == "dark"


def test_the_theme_switch_never_leads_to_another_site():
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})

    assert views.set_theme(request).headers["Location"] == "/"


def test_the_styleguide_shows_every_state_while_developing(get, settings):
    settings.TESSELLE_STYLEGUIDE = True

    page = views.styleguide(get("/styleguide")).content.decode()

    assert set(re.findall(r'data-state="(\w+)"', page)) >= set(DELIVERY_STATES)
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=", page)


def test_there_is_no_styleguide_in_earnest(get, settings):
    settings.DEBUG = False
    settings.TESSELLE_STYLEGUIDE = False

    with pytest.raises(Http404):
        views.styleguide(get("/styleguide"))


def test_no_two_states_look_the_same():
    looks = [*DELIVERY_STATES.values()]

    assert len({look.icon for look in looks}) == len(looks)
    assert len({str(look.word) for look in looks}) == len(looks)


def test_every_icon_named_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', SPRITE.read_text(encoding="utf-8")))
    web = Path(__file__).parent.parent
    templates = "".join(p.read_text(encoding="utf-8") for p in web.glob("templates/**/*.html"))
    named = set(re.findall(r'{% icon "([a-z-]+)"', templates))
    named |= {look.icon for look in [*DELIVERY_STATES.values(), *POST_STATES.values()]}

    assert named - drawn == set()


def test_a_browser_gets_the_page_and_htmx_the_fragment(get):
    page = htmx.show(get("/"), "404.html", "web/components/mark.html")
    fragment = htmx.show(get("/", **HTMX), "404.html", "web/components/mark.html")

    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()
    assert page.headers["Vary"] == fragment.headers["Vary"] == "HX-Request"


@pytest.mark.parametrize("whole", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_links_and_restored_pages_get_the_whole_page(get, whole):
    response = htmx.show(get("/", **HTMX, **{whole: "true"}), "404.html", "web/components/mark.html")

    assert "<html" in response.content.decode()


def test_an_invalid_form_answers_422(get):
    response = htmx.show_invalid(get("/", **HTMX), "404.html", "web/components/mark.html")

    assert response.status_code == 422


def test_after_a_form_a_browser_is_redirected_and_htmx_told_to_go(get):
    assert htmx.go_to(get("/"), "/plan/").headers["Location"] == "/plan/"
    assert htmx.go_to(get("/", **HTMX), "/plan/").headers["HX-Redirect"] == "/plan/"


def test_a_fragment_brings_the_waiting_toast_with_its_undo(get):
    request = get("/", **HTMX)
    notify(request, "Moved to <Thursday>", undo_url="/undo/7/")

    body = htmx.show(request, "404.html", "web/components/mark.html").content.decode()

    assert 'hx-swap-oob="beforeend"' in body
    assert "Moved to &lt;Thursday&gt;" in body
    assert 'action="/undo/7/"' in body


def test_a_toast_shown_is_not_kept_for_the_next_page(get):
    shown, waiting = get("/"), get("/")
    notify(shown, "Moved")
    notify(waiting, "Moved")

    assert [toast.text for toast in pending(shown)] == ["Moved"]
    assert kept(waiting)
    assert not kept(shown)


def kept(request: HttpRequest) -> bool:
    """Whether a message waits for the next page."""
    response = HttpResponse()
    request._messages.update(response)  # set by the message middleware
    return "messages" in response.cookies and bool(response.cookies["messages"].value)
