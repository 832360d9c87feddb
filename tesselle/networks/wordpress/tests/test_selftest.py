"""What the site's user may do is looked at anew by the self-test."""

import pytest

from tesselle.networks import plugin
from tesselle.networks.wordpress.tests.site import Site


@pytest.mark.parametrize(
    ("role", "states"),
    [
        ("editor", ["good"]),
        ("author", ["attention"]),
        ("contributor", ["attention"] * 3),
    ],
)
async def test_rights_that_the_role_lacks_are_named(site: Site, role: str, states: list[str]):
    found = await plugin("wordpress").connector.self_checks(await site.connected(role))

    assert [one.state for one in found] == states
