"""Addresses in words: found, marked, and refused where they are no page."""

from typing import Any

import pytest

from tesselle.links import addresses
from tesselle.links.machines import is_machine

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//evil.example/x",
        "ftp://a.example/",
        "https://user:pass@a.example/",
        "https://nothing",
        "https://a.example\\@evil.example/",
        "https://a.example/\r\nSet-Cookie: a=b",
        "https://a.example:999999/",
        "https://a.example/" + "x" * 2000,
        "",
    ],
)
def test_a_link_leads_to_web_pages_only(url: str):
    assert not addresses.may_lead_to(url)


def test_signs_of_the_sentence_stay_behind_the_address():
    text = "Voir (https://a.example/x), ou https://b.example/y_(z). Fin : https://c.example/?a=1!"

    assert addresses.replaced(text, lambda url: f"<{url}>") == (
        "Voir (<https://a.example/x>), ou <https://b.example/y_(z)>. Fin : <https://c.example/?a=1>!"
    )


def test_marks_never_overwrite_what_the_address_says():
    marks = addresses.utm("instagram", "Salon de l’habitat", "Chantiers")

    assert addresses.with_utm("https://a.example/x?utm_source=mail&a=%20b#top", marks) == (
        "https://a.example/x?utm_source=mail&a=%20b&utm_medium=social"
        "&utm_campaign=salon-de-lhabitat&utm_content=chantiers#top"
    )


@pytest.mark.parametrize(
    ("url", "is_public"),
    [
        ("https://social.example.ch", True),
        ("http://127.0.0.1:8000", False),
        ("http://192.168.1.4", False),
        ("http://localhost", False),
        ("http://desk.local", False),
        ("https://[::1]", False),
    ],
)
def test_what_nobody_outside_reaches_is_no_public_address(settings: Any, url: str, is_public: bool):
    settings.PUBLIC_URL = url

    assert bool(addresses.public_address()) is is_public


@pytest.mark.parametrize(
    ("headers", "machine"),
    [
        ({"User-Agent": BROWSER}, False),
        ({"User-Agent": "Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile/15E148 Instagram 400.0"}, False),
        ({}, True),
        ({"User-Agent": "facebookexternalhit/1.1"}, True),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, True),
        ({"User-Agent": "LinkedInBot/1.0"}, True),
        ({"User-Agent": "curl/8.5"}, True),
        ({"User-Agent": BROWSER, "Sec-Purpose": "prefetch;prerender"}, True),
        ({"User-Agent": BROWSER, "X-Moz": "prefetch"}, True),
    ],
)
def test_machines_are_told_from_people(headers: dict[str, str], machine: bool):
    assert is_machine(headers) is machine
