"""What every answer carries, and who is sent to the sign-in page."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tesselle.web.middleware import SecurityHeadersMiddleware, SignInFirstMiddleware
from tesselle.web.tests import urls

View = Callable[[HttpRequest], HttpResponse]


def answer(view: View) -> HttpResponse:
    return SecurityHeadersMiddleware(view)(RequestFactory().get("/"))


def policy(response: HttpResponse) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {part.split(" ")[0]: part.partition(" ")[2] for part in parts}


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed():
    found = policy(answer(lambda request: HttpResponse("page")))

    assert found["default-src"] == "'self'"
    assert found["img-src"] == "'self' data: blob:"
    assert found["object-src"] == "'none'"
    assert "unsafe" not in str(found)


def test_no_page_can_be_framed_sniffed_or_told_elsewhere():
    response = answer(lambda request: HttpResponse("page"))

    assert policy(response)["frame-ancestors"] == "'none'"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_view_may_name_where_its_form_leads():
    response = answer(urls.connect)

    assert policy(response)["form-action"] == "'self' https:"
    assert not any("forms-to" in name.lower() for name in response.headers)


def test_a_header_set_by_the_view_is_kept():
    own = {"Content-Security-Policy": "default-src 'none'"}

    response = answer(lambda request: HttpResponse("media", headers=own))

    assert response.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.fixture
def stranger_asks(settings):
    settings.LOGIN_URL = "/sign-in/"

    def ask(view, **headers):
        request = RequestFactory().get("/secret/", headers=headers)
        request.user = AnonymousUser()
        middleware = SignInFirstMiddleware(lambda request: HttpResponse())
        return middleware.process_view(request, view, (), {})

    return ask


def test_a_stranger_is_sent_to_sign_in(stranger_asks):
    response = stranger_asks(urls.secret)

    assert response.status_code == 302
    assert response.url == "/sign-in/?next=/secret/"


def test_an_open_page_is_open(stranger_asks):
    assert stranger_asks(urls.connect) is None


def test_a_fragment_asked_for_after_signing_out_brings_the_whole_sign_in_page(stranger_asks):
    response = stranger_asks(
        urls.secret, hx_request="true", hx_current_url="https://tesselle.example/posts/7?tab=2"
    )

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in/?next=%2Fposts%2F7%3Ftab%3D2"
