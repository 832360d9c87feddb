"""Published vectors; and what is wrong on purpose."""

import json

import pytest

from tesselle.networks.webhook.signing import key_of, signature

BODY = '{"type":"post.published","timestamp":"2026-01-01T00:00:00Z","data":{"id":"p_1","text":"Café 🚀"}}'
ID, STAMP = "msg_01J9Z3K8Q4T7N2VXH5C6B0WDRE", "1767225600"
OLD = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="
NEW = "whsec_ISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A="
OLD_SIGNED = "v1,L4gYIN6zDXK/uJRcILM2xnflxkI29Lwml1RE2XjBNs0="
NEW_SIGNED = "v1,8f/x4b1mQS/XggX7DjNEnftF4oH31wHCEr+QgfMcxHQ="


@pytest.mark.parametrize(("secret", "signed"), [(OLD, OLD_SIGNED), (NEW, NEW_SIGNED)])
def test_the_vectors_agree(secret, signed):
    assert signature([secret], ID, STAMP, BODY.encode()) == signed


def test_while_a_secret_is_replaced_both_sign():
    assert signature([NEW, OLD], ID, STAMP, BODY.encode()) == f"{NEW_SIGNED} {OLD_SIGNED}"


@pytest.mark.parametrize(
    ("stamp", "body"),
    [
        (STAMP, json.dumps(json.loads(BODY), separators=(",", ":")).encode()),
        (STAMP, BODY.replace(":", ": ", 1).encode()),
        (f"{STAMP}000", BODY.encode()),
    ],
)
def test_other_bytes_or_milliseconds_are_another_signature(stamp, body):
    assert signature([OLD], ID, stamp, body) != OLD_SIGNED


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", "no prefix"),
        ("whsec_not base64!", "not base64"),
        ("whsec_c2hvcnQ=", "length"),
        ("whsec_" + "QUFB" * 30, "length"),
        ("", "no prefix"),
    ],
)
def test_a_secret_that_is_none_is_told_without_quoting_it(secret, why):
    with pytest.raises(ValueError, match=why) as told:
        key_of(secret)

    assert not secret or secret not in str(told.value)
