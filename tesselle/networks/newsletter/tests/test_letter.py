"""What lies in the reader's mailbox, read by the standard library's mail parser."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.connectors.protocols import Account, Addressee, StepCall
from tesselle.domain.content import Content
from tesselle.networks.newsletter.letter import frozen_for, letter, subject

FACTS = {
    "sender": "atelier@example.org",
    "domain": "example.org",
    "list_id": "atelier",
    "list_name": "L’atelier",
}
ACCOUNT = Account("list", "atelier@example.org/atelier", "atelier@example.org", "", FACTS)
ANA = Addressee("ana@example.net", "Ana", "L’atelier", "fr", "https://t.example/unsubscribe/abc/")


def call_for(content: Content) -> StepCall:
    return StepCall(ACCOUNT, "recipient", 0, content, "ab12", datetime(2026, 11, 25, 9, tzinfo=UTC))


def read(content: Content, to: Addressee = ANA):
    data = letter(content, frozen_for(call_for(content), to), FACTS)
    return message_from_bytes(data, policy=policy.default)


def test_it_says_who_writes_to_whom_and_how_one_leaves():
    mail = read(Content(text="Bonjour", title="Grès et zellige"))

    assert mail["From"].addresses[0].addr_spec == "atelier@example.org"
    assert mail["From"].addresses[0].display_name == "L’atelier"
    assert (mail["To"], mail["Subject"]) == ("ana@example.net", "Grès et zellige")
    assert mail["Message-ID"] == "<ab12@example.org>"
    assert mail["List-Id"] == "<atelier.example.org>"
    assert mail["List-Unsubscribe"] == "<https://t.example/unsubscribe/abc/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_is_offered_by_https_alone():
    mail = read(Content(text="Bonjour"), replace(ANA, unsubscribe="http://127.0.0.1:8000/unsubscribe/abc/"))

    assert mail["List-Unsubscribe"] and mail["List-Unsubscribe-Post"] is None


def test_both_forms_hold_the_words_the_link_and_the_way_out():
    mail = read(Content(text="Première ligne\nSeconde\n\n<b>&", link="https://carreaux.example/gres"))
    plain, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))

    for form in (plain, page):
        assert "Première ligne" in form and "https://carreaux.example/gres" in form
        assert "https://t.example/unsubscribe/abc/" in form and "Se désabonner" in form
    assert "&lt;b&gt;&amp;" in page and "Première ligne<br>" in page


def test_nothing_in_it_is_fetched_or_counts():
    page = read(Content(text="Bonjour https://carreaux.example/?a=1")).get_body(("html",)).get_content()

    assert "<img" not in page and "src=" not in page and "<script" not in page and "url(" not in page
    assert 'href="https://carreaux.example/?a=1"' in page


def test_a_list_in_english_speaks_english():
    plain = read(Content(text="Hello"), replace(ANA, language="en")).get_body(("plain",)).get_content()

    assert "Unsubscribe" in plain


def test_every_attempt_sends_the_same_bytes():
    content = Content(text="Bonjour", title="Encore")
    frozen = frozen_for(call_for(content), ANA)

    assert letter(content, frozen, FACTS) == letter(content, frozen, FACTS)


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Court", "", "Court"),
        ("\n\nAprès les vides", "", "Après les vides"),
        ("Un texte " * 20, "", "Un texte " * 8 + "Un…"),
        ("x", "Deux\nlignes", "Deux lignes"),
    ],
)
def test_the_subject_is_the_title_or_how_the_text_begins(text, title, expected):
    assert subject(Content(text=text, title=title)).split() == expected.split()


@given(
    st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=150),
    st.text(st.characters(codec="utf-8"), max_size=300).map(lambda text: text.replace("\r", "")),
)
def test_any_subject_and_any_text_arrive_as_they_were_written(title, text):
    mail = message_from_bytes(
        letter(Content(text=text, title=title), frozen_for(call_for(Content()), ANA), FACTS)
    )
    from email.header import decode_header, make_header

    part = next(one for one in mail.walk() if one.get_content_type() == "text/plain")

    assert str(make_header(decode_header(mail["Subject"]))) == subject(Content(text=text, title=title))
    assert part.get_payload(decode=True).decode().replace("\r\n", "\n").startswith(text + "\n\n-- \n")


@given(st.text(max_size=60))
def test_no_title_smuggles_a_header_in(title):
    data = letter(
        Content(text="x", title=title.encode("utf-8", "ignore").decode()),
        frozen_for(call_for(Content()), ANA),
        FACTS,
    )

    names = [
        line.partition(b":")[0] for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n") if line[:1].strip()
    ]
    assert len(names) == len(set(names)) and b"Bcc" not in names
