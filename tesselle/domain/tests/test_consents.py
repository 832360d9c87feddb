"""Whoever is on a picture is asked: for this network, and for the day on which it goes out."""

from datetime import date

import pytest

from tesselle.domain.checks import Agreement, Consents, consent_findings
from tesselle.domain.content import Content, Media

DAY = date(2026, 11, 25)


def picture(name: str) -> Media:
    return Media("image", "image/jpeg", 1, 1, 1, asset=name)


def codes(*agreements: Agreement, on: date = DAY) -> list[str]:
    content = Content(media=(picture("free"), picture("home")))
    consents = Consents("mastodon", "Mastodon", on, {"home": agreements})
    found = list(consent_findings(content, consents))
    assert {finding.place for finding in found} <= {"media.1"}
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (Agreement("Inès"), []),
        (Agreement("Inès", until=DAY), []),
        (Agreement("Inès", until=date(2026, 11, 24)), ["consent_expired"]),
        (Agreement("Inès", is_withdrawn=True), ["consent_withdrawn"]),
        (Agreement("Inès", frozenset({"mastodon", "bluesky"})), []),
        (Agreement("Inès", frozenset({"bluesky"})), ["consent_elsewhere"]),
        (Agreement("Inès", frozenset({"bluesky"}), DAY, is_withdrawn=True), ["consent_withdrawn"]),
    ],
)
def test_one_person_agreed_or_did_not(agreement: Agreement, expected: list[str]):
    assert codes(agreement) == expected


def test_nobody_was_asked():
    assert codes() == ["consent_missing"]


def test_the_word_of_one_does_not_stand_for_another():
    assert codes(Agreement("Inès"), Agreement("Luc", is_withdrawn=True)) == ["consent_withdrawn"]


def test_every_finding_says_who_and_what_to_do():
    content = Content(media=(picture("home"),))
    consents = Consents("mastodon", "Mastodon", DAY, {"home": (Agreement("Inès", until=date(2026, 1, 5)),)})

    (finding,) = consent_findings(content, consents)

    assert str(finding.message) == "What Inès agreed to ends on 05.01.2026, before this goes out."
    assert "Ask Inès again" in str(finding.cure)
