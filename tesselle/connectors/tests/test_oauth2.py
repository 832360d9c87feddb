"""OAuth 2 as values: addresses, challenges, what is kept, how long it lasts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tesselle.connectors.card import SignIn
from tesselle.connectors.oauth2 import (
    OAuth2,
    challenge,
    credentials,
    is_fresh,
    place,
    refusal,
    signed_in_until,
)
from tesselle.connectors.protocols import OwnApp

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
WAY = SignIn(
    slug="page",
    label="Sign in",
    app="installation",
    authorize="https://network.example/i/authorize",
    token="https://api.network.example/2/token",
    scopes=("read", "write"),
    extra={"access_type": "offline"},
)
APP = OwnApp("tiles", "s3cret-word")
BACK = "https://tesselle.example/back"


def asked(way: SignIn, app: OwnApp = APP) -> dict[str, list[str]]:
    return parse_qs(urlsplit(OAuth2(way).address(app, BACK, "state", "verifier")).query)


def test_the_challenge_is_the_one_of_rfc_7636():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert challenge("abc", "hex") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_address_says_who_asks_for_what_and_never_the_secret():
    address = OAuth2(WAY).address(APP, BACK, "state", "verifier")

    assert address.startswith("https://network.example/i/authorize?")
    assert asked(WAY) == {
        "response_type": ["code"],
        "client_id": ["tiles"],
        "redirect_uri": [BACK],
        "state": ["state"],
        "scope": ["read write"],
        "code_challenge": [challenge("verifier")],
        "code_challenge_method": ["S256"],
        "access_type": ["offline"],
    }
    assert "s3cret-word" not in address
    assert "verifier" not in address.replace(challenge("verifier"), "")


def test_what_departs_is_data():
    way = replace(WAY, client_id_field="client_key", scope_separator=",", pkce="none")

    assert asked(way)["client_key"] == ["tiles"]
    assert asked(way)["scope"] == ["read,write"]
    assert "code_challenge" not in asked(way)


def test_rights_an_application_was_registered_with_win():
    assert asked(WAY, replace(APP, scopes=("read",)))["scope"] == ["read"]


@pytest.mark.parametrize(
    ("base", "found"),
    [
        ("", "https://api.network.example/2/token"),
        ("http://127.0.0.1:9/network/", "http://127.0.0.1:9/network/2/token"),
    ],
)
def test_another_base_takes_the_path(base: str, found: str):
    assert place(WAY.token, base) == found


def test_a_refresh_token_that_is_not_repeated_stays_and_one_that_is_rotated_takes_its_place():
    first = credentials({"access_token": "a", "refresh_token": "r", "expires_in": 60}, APP, "page", {}, NOW)
    kept = credentials({"access_token": "b"}, APP, "page", first, NOW)
    rotated = credentials({"access_token": "c", "refresh_token": "s"}, APP, "page", kept, NOW)

    assert kept["refresh_token"] == "r"
    assert "expires_at" not in kept
    assert (rotated["access_token"], rotated["refresh_token"]) == ("c", "s")


@pytest.mark.parametrize(
    ("kept", "until"),
    [
        ({"access_token": "a"}, None),
        ({"access_token": "a", "refresh_token": "r", "expires_at": "2026-11-25T11:00:00+00:00"}, None),
        (
            {"access_token": "a", "refresh_token": "r", "refresh_expires_at": "2027-11-25T09:00:00+00:00"},
            NOW + timedelta(days=365),
        ),
        ({"access_token": "a", "expires_at": "2027-01-24T09:00:00+00:00"}, NOW + timedelta(days=60)),
    ],
)
def test_when_a_person_has_to_sign_in_again(kept: dict[str, str], until: datetime | None):
    assert signed_in_until(kept, WAY, NOW) == until


def test_where_the_network_tells_no_end_the_card_does():
    assert signed_in_until({"access_token": "a"}, replace(WAY, lasts_days=60), NOW) == NOW + timedelta(60)


def test_a_token_is_no_longer_fresh_a_while_before_its_end():
    kept = {"access_token": "a", "expires_at": (NOW + timedelta(minutes=9)).isoformat()}

    assert not is_fresh(kept, NOW)
    assert is_fresh(kept, NOW - timedelta(minutes=2))
    assert is_fresh({"access_token": "a"}, NOW)
    assert not is_fresh({}, NOW)


def test_a_no_of_the_person_is_told_apart_from_a_refusal():
    assert "not allowed" in str(refusal({"error": "user_cancelled_login"}))
    assert "“Bad redirect”" in str(refusal({"error": "invalid_request", "error_description": "Bad redirect"}))


def test_no_secret_is_in_what_is_logged():
    assert "s3cret-word" not in repr(APP)
