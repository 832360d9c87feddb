"""A table goes on the list, and what is wrong with a line is said with its number."""

import pytest

from tesselle.audience.importing import import_table
from tesselle.audience.services import add_by_hand, leave
from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry

pytestmark = pytest.mark.django_db


def brought(mailing_list, text: str | bytes):
    data = text if isinstance(text, bytes) else text.encode()
    return import_table(mailing_list, data, consent_note="foire de mai", by=None)


def addresses(mailing_list) -> list[str]:
    return list(mailing_list.subscribers.values_list("address", flat=True))


def test_columns_are_found_by_their_names(mailing_list):
    told = brought(mailing_list, "Nom;Email\nAna;Ana@Example.net\nBen;ben@example.net\n")

    assert told.added == 2 and not told.problems
    one = mailing_list.subscribers.get(address="ana@example.net")
    assert (one.name, one.state, one.way, one.consent_note) == ("Ana", "confirmed", "import", "foire de mai")
    assert Entry.objects.get(verb="audience.imported").params["count"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.net\nben@example.net",
        "x,ana@example.net\ny,ben@example.net",
        "e-mail\tname\nana@example.net\tAna\nben@example.net\tBen",
        b"\xef\xbb\xbfemail\r\nana@example.net\r\nben@example.net\r\n",
        'email,name\n"ana@example.net","Ana, dite ""la verte"""\nben@example.net,\n',
    ],
)
def test_tables_come_in_many_forms(mailing_list, text):
    brought(mailing_list, text)

    assert addresses(mailing_list) == ["ana@example.net", "ben@example.net"]


def test_a_table_in_the_old_windows_letters_keeps_its_accents(mailing_list):
    brought(mailing_list, "nom;email\nZoé;zoe@example.net".encode("cp1252"))

    assert mailing_list.subscribers.get().name == "Zoé"


def test_a_bad_line_is_told_with_its_number_and_keeps_no_other_back(mailing_list):
    leave(add_by_hand(mailing_list, address="gone@example.net", name="", consent_note="x", by=None))

    told = brought(
        mailing_list,
        "email\nana@example.net\nnot an address\n\ngone@example.net\nana@example.net\nben@example.net",
    )

    assert [problem.line for problem in told.problems] == [3, 5]
    assert (told.added, told.known) == (2, 1)
    assert mailing_list.subscribers.get(address="gone@example.net").state == "left"


def test_of_very_many_bad_lines_the_first_are_told_and_the_others_counted(mailing_list):
    told = brought(mailing_list, "email\n" + "nothing\n" * 150)

    assert len(told.problems) == 100 and told.not_told == 50


def test_five_thousand_addresses_take_few_statements(mailing_list, django_assert_max_num_queries):
    table = "email\n" + "\n".join(f"reader{number}@example.net" for number in range(5000))

    with django_assert_max_num_queries(12):
        told = brought(mailing_list, table)

    assert told.added == 5000


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"a;b\nc;d\n", b"x" * 5_000_001, b'email\n"' + b"y" * 200_000]
)
def test_what_is_no_table_is_said(mailing_list, data):
    with pytest.raises(RuleError):
        brought(mailing_list, data)
