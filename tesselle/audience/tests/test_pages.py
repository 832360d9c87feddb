"""The pages of a list: who may see it, add, import, export, forget."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tesselle.audience.models import MailingList, Subscriber
from tesselle.audience.services import add_by_hand, ensure_list
from tesselle.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(mailing_list: MailingList) -> Subscriber:
    return add_by_hand(
        mailing_list, address="ana@example.net", name="Ana", consent_note="au comptoir", by=None
    )


def url(mailing_list: MailingList, rest: str = "") -> str:
    return f"/subscribers/{mailing_list.pk}/{rest}"


def test_the_list_shows_who_is_on_it_and_how_they_agreed(as_alice, mailing_list, ana):
    page = as_alice.get(url(mailing_list)).content.decode()

    assert "ana@example.net" in page and "au comptoir" in page


def test_somebody_is_added_with_how_they_agreed(as_alice, mailing_list):
    given = {"add-address": " Ben@Example.net ", "add-name": "Ben", "add-consent_note": "par téléphone"}

    as_alice.post(url(mailing_list, "add/"), given)

    ben = mailing_list.subscribers.get()
    assert (ben.address, ben.state, ben.way, ben.consent_note) == (
        "ben@example.net",
        "confirmed",
        "hand",
        "par téléphone",
    )
    assert Entry.objects.get(verb="audience.added").actor_name


def test_without_a_word_about_consent_nobody_is_added(as_alice, mailing_list):
    answer = as_alice.post(url(mailing_list, "add/"), {"add-address": "ben@example.net"})

    assert answer.status_code == 422 and not mailing_list.subscribers.exists()


def test_a_table_is_brought_in_and_its_bad_lines_are_shown(as_alice, mailing_list):
    table = SimpleUploadedFile("people.csv", b"email\nben@example.net\nnonsense\n")

    answer = as_alice.post(
        url(mailing_list, "import/"), {"import-table": table, "import-consent_note": "foire"}
    )

    assert mailing_list.subscribers.count() == 1
    assert "Ligne 3" in answer.content.decode() and "nonsense" in answer.content.decode()


def test_what_is_exported_is_no_formula_and_stands_in_the_journal(as_alice, mailing_list, ana):
    Subscriber.objects.update(name="=1+1")

    table = as_alice.post(url(mailing_list, "export/")).content.decode()

    assert "ana@example.net,'=1+1" in table and "au comptoir" in table
    assert Entry.objects.filter(verb="audience.exported").exists()


def test_somebody_is_taken_off_and_stays_known_as_having_left(as_alice, mailing_list, ana):
    as_alice.post(url(mailing_list, f"{ana.pk}/leave/"))

    ana.refresh_from_db()
    assert ana.state == "left" and ana.left_at


def test_forgetting_asks_first_and_then_leaves_no_address_anywhere(as_alice, mailing_list, ana):
    as_alice.get(url(mailing_list, f"{ana.pk}/erase/"))
    assert Subscriber.objects.exists()

    as_alice.post(url(mailing_list, f"{ana.pk}/erase/"))

    assert not Subscriber.objects.exists()
    assert "ana@" not in str(list(Entry.objects.values_list("params", flat=True)))


def test_a_search_narrows_the_list(as_alice, mailing_list, ana):
    add_by_hand(mailing_list, address="ben@example.net", name="", consent_note="x", by=None)

    page = as_alice.get(url(mailing_list), {"search": "BEN"}).content.decode()

    assert "ben@example.net" in page and "ana@example.net" not in page


def test_a_long_list_takes_as_few_questions_as_a_short_one(
    as_alice, mailing_list, ana, django_assert_max_num_queries
):
    Subscriber.objects.bulk_create(
        Subscriber(
            mailing_list=mailing_list, address=f"r{number}@example.net", state="confirmed", way="import"
        )
        for number in range(3000)
    )

    with django_assert_max_num_queries(14):
        page = as_alice.get(url(mailing_list)).content.decode()

    assert page.count("data-subscriber") == 50


def test_the_form_is_opened_and_its_address_shown(as_alice, open_list):
    page = as_alice.get(url(open_list)).content.decode()
    assert f"/subscribe/{open_list.public_id}/" in page

    as_alice.post(
        url(open_list, "settings/"), {"list-name": "Nouvelles", "list-language": "en", "list-about": ""}
    )

    open_list.refresh_from_db()
    assert (open_list.name, open_list.language, open_list.is_open) == ("Nouvelles", "en", False)
    assert Entry.objects.filter(verb="audience.list_changed").exists()


def test_an_editor_sees_the_list_and_changes_nothing_on_it(client: Client, bob, mailing_list, ana):
    client.force_login(bob)

    page = client.get(url(mailing_list)).content.decode()

    assert "ana@example.net" in page and "add-address" not in page
    for rest in ("add/", "import/", "export/", "settings/", f"{ana.pk}/leave/", f"{ana.pk}/erase/"):
        assert client.post(url(mailing_list, rest)).status_code == 403, rest


def test_a_viewer_sees_no_addresses(client: Client, chloe, mailing_list, ana):
    client.force_login(chloe)

    assert client.get("/subscribers/").status_code == 403
    assert client.get(url(mailing_list)).status_code == 403


def test_mallory_finds_nothing_of_ours(client: Client, mallory, mailing_list, ana):
    client.force_login(mallory)

    assert client.get(url(mailing_list)).status_code == 404
    assert "L’atelier" not in client.get("/subscribers/").content.decode()
    for rest in ("add/", "import/", "export/", "settings/", f"{ana.pk}/leave/", f"{ana.pk}/erase/"):
        assert client.post(url(mailing_list, rest)).status_code == 404, rest
    ana.refresh_from_db()
    assert ana.state == "confirmed"


def test_mallory_does_not_reach_our_reader_through_her_own_list(client: Client, mallory, mailing_list, ana):
    hers = ensure_list(
        workspace=mallory.memberships.get().workspace,
        key="m",
        name="M",
        sender="m@example.org",
        language="fr",
    )
    client.force_login(mallory)

    assert client.post(url(hers, f"{ana.pk}/erase/")).status_code == 404
    assert Subscriber.objects.filter(pk=ana.pk).exists()


def test_who_sends_no_newsletter_is_not_bothered_with_it(as_alice, mailing_list):
    assert "/subscribers/" in as_alice.get("/channels/").content.decode()
    MailingList.objects.all().delete()

    assert "/subscribers/" not in as_alice.get("/channels/").content.decode()
