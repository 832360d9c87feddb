"""What Bluesky allows, and what an account's own server narrows."""

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Unit
from tesselle.networks.bluesky.limits import limits_for


def account(**facts: int) -> Account:
    return Account("account", "did:plc:abc", "a.test", "https://pds.example", facts)


def test_text_has_two_limits_at_once():
    texts = limits_for(account()).texts

    assert [(text.maximum, text.unit) for text in texts] == [(300, Unit.GRAPHEMES), (3000, Unit.BYTES)]


def test_a_server_that_takes_less_narrows_what_may_be_uploaded():
    usual, small = limits_for(account()), limits_for(account(blob_upload_limit=1_500_000))

    assert usual.image and usual.video and small.image and small.video
    assert (usual.image.max_bytes, usual.video.max_bytes) == (2_000_000, 50_000_000)
    assert (small.image.max_bytes, small.video.max_bytes) == (1_500_000, 1_500_000)


def test_a_server_that_takes_more_does_not_widen_the_networks_own_limits():
    large = limits_for(account(blob_upload_limit=1_000_000_000))

    assert large.image and large.video
    assert (large.image.max_bytes, large.video.max_bytes) == (2_000_000, 300_000_000)
