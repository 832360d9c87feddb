import re

import pytest

from tesselle.connectors.sandbox.contract import Operation, Sandbox
from tesselle.connectors.sandbox.tests.toy import TOY


def sandbox(*operations: Operation) -> Sandbox:
    return Sandbox(
        TOY.slug, TOY.host, operations, TOY.make_app, TOY.own_answer, TOY.account_of, TOY.open_account
    )


@pytest.mark.parametrize(
    ("method", "query", "name"),
    [
        ("GET", "part=status&id=1", "list"),
        ("GET", "id=1&part=status", "list"),
        ("GET", "part=statistics", "read"),
        ("GET", "", "read"),
        ("PUT", "part=status", ""),
    ],
)
def test_two_requests_that_share_an_address_are_told_apart_by_their_query(method, query, name):
    films = re.compile("/films$")
    told = sandbox(
        Operation("list", "GET", films, re.compile(r"part=status(?:&|$)")), Operation("read", "GET", films)
    )

    assert told.operation(method, "/v3/films", query) == name
