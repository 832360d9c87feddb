"""Readers come and go by themselves: twice yes to come, once no to go, and no GET decides anything."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tesselle.audience import links
from tesselle.audience.models import MailingList, Subscriber
from tesselle.audience.services import add_by_hand, forget_unconfirmed, leave
from tesselle.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()


def path_in(body: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", body)[1]


def join(client: Client, mailing_list: MailingList, address: str = "ana@example.net"):
    return client.post(f"/subscribe/{mailing_list.public_id}/", {"address": address, "name": "Ana"})


def states(mailing_list: MailingList) -> dict[str, str]:
    return dict(mailing_list.subscribers.values_list("address", "state"))


def test_a_reader_is_on_the_list_only_after_pressing_the_mails_button(client, open_list, mailbox):
    assert join(client, open_list, "Ana@Example.net").status_code == 200
    ((to, subject, body),) = mailbox
    assert (to, subject) == ("ana@example.net", "À confirmer : L’atelier")
    assert states(open_list) == {"ana@example.net": "pending"}

    opened = client.get(path_in(body))
    assert opened.status_code == 200 and states(open_list) == {"ana@example.net": "pending"}
    client.post(path_in(body))

    subscriber = open_list.subscribers.get()
    assert subscriber.state == "confirmed" and subscriber.way == "form" and subscriber.confirmed_at


def test_nobody_learns_from_the_form_who_is_on_the_list(client, open_list, mailbox):
    unknown = join(client, open_list)
    add_by_hand(open_list, address="ben@example.net", name="", consent_note="ici", by=None)
    known = join(client, open_list, "ben@example.net")

    def without_token(answer) -> bytes:
        return re.sub(rb"[A-Za-z0-9]{64}", b"", answer.content)

    assert without_token(unknown) == without_token(known)
    assert [to for to, *_ in mailbox] == ["ana@example.net"]


def test_the_same_address_is_not_flooded(client, open_list, mailbox):
    for _ in range(6):
        join(client, open_list)

    assert len(mailbox) == 3


def test_who_had_left_may_come_back_and_only_by_confirming(client, open_list, mailbox):
    subscriber = add_by_hand(open_list, address="ana@example.net", name="", consent_note="ici", by=None)
    leave(subscriber)

    join(client, open_list)
    assert states(open_list) == {"ana@example.net": "left"}
    client.post(path_in(mailbox[0][2]))

    assert states(open_list) == {"ana@example.net": "confirmed"}


@pytest.mark.parametrize("address", ["", "ana", "ana@", "ana@exa mple.net", "é@example.net"])
def test_what_is_no_address_is_said(client, open_list, mailbox, address):
    assert join(client, open_list, address).status_code == 422
    assert not mailbox and not Subscriber.objects.exists()


def test_a_closed_form_is_not_there(client, open_list):
    MailingList.objects.update(is_open=False)

    assert client.get(f"/subscribe/{open_list.public_id}/").status_code == 404


def test_a_practice_workspace_writes_to_nobody(client, open_list, mailbox):
    open_list.workspace.world_kind = "practice"
    open_list.workspace.save(update_fields=["world_kind"])

    assert join(client, open_list).status_code == 404 and not mailbox


def test_a_mail_that_does_not_leave_is_said(client, open_list, monkeypatch):
    from tesselle.domain.messages import Message

    monkeypatch.setattr("tesselle.audience.letters.send_by", lambda *_, **__: Message("no"))

    assert join(client, open_list).status_code == 503


def test_a_confirmation_is_worth_nothing_after_a_week(client, open_list, mailbox, monkeypatch):
    join(client, open_list)
    later = timezone.now().timestamp() + links.CONFIRM_WITHIN.total_seconds() + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert client.post(path_in(mailbox[0][2])).status_code == 404
    assert states(open_list) == {"ana@example.net": "pending"}


def test_who_never_confirms_is_forgotten_after_a_week(client, open_list, mailbox):
    join(client, open_list)
    add_by_hand(open_list, address="ben@example.net", name="", consent_note="ici", by=None)
    now = timezone.now()

    assert forget_unconfirmed(now + links.CONFIRM_WITHIN / 2) == 0
    assert forget_unconfirmed(now + links.CONFIRM_WITHIN * 2) == 1

    assert states(open_list) == {"ben@example.net": "confirmed"}


@pytest.fixture
def leave_path(mailing_list: MailingList) -> str:
    subscriber = add_by_hand(mailing_list, address="ana@example.net", name="", consent_note="ici", by=None)
    return path_in(links.leave_url(str(subscriber.public_id)))


def test_opening_the_way_out_decides_nothing_and_its_button_does(client, mailing_list, leave_path):
    assert client.get(leave_path).status_code == 200
    assert states(mailing_list) == {"ana@example.net": "confirmed"}

    answer = client.post(leave_path)

    assert "Vous n’êtes plus sur la liste" in answer.content.decode()
    assert states(mailing_list) == {"ana@example.net": "left"}
    assert Entry.objects.filter(verb="audience.left").count() == 1


def test_a_mail_program_unsubscribes_in_one_click_without_cookie_or_token(mailing_list, leave_path):
    program = Client(enforce_csrf_checks=True)

    answer = program.post(leave_path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200 and "Set-Cookie" not in answer
    assert states(mailing_list) == {"ana@example.net": "left"}
    assert program.post(leave_path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_link_that_was_tampered_with_leads_nowhere(client, mailing_list, leave_path):
    for path in (leave_path.rstrip("/") + "x/", "/unsubscribe/abc/", "/subscribe/confirm/abc/"):
        assert client.post(path).status_code == 404
    assert states(mailing_list) == {"ana@example.net": "confirmed"}


def test_the_way_out_does_not_let_one_in(client, mailing_list, leave_path):
    token = leave_path.split("/")[2]

    assert client.post(f"/subscribe/confirm/{token}/").status_code == 404


def test_readers_are_shown_their_lists_language_and_no_way_into_the_product(client, mailing_list, leave_path):
    MailingList.objects.update(language="en")

    page = client.get(leave_path, headers={"accept-language": "fr"})

    assert "Unsubscribe from this list?" in page.content.decode() and 'lang="en"' in page.content.decode()
    assert page["Cache-Control"] == "no-store" and page["X-Robots-Tag"] == "noindex"
    assert b'href="/"' not in page.content
