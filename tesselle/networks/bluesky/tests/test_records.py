"""Record keys and facets, against published values."""

from datetime import timedelta

import pytest

from tesselle.connectors.tests.stage import START
from tesselle.networks.bluesky.facets import facets, handles
from tesselle.networks.bluesky.sandbox.rules import TID
from tesselle.networks.bluesky.sandbox.wire import blob_cid
from tesselle.networks.bluesky.tid import record_key, tid


@pytest.mark.parametrize(
    ("microseconds", "clock_id", "expected"),
    [
        (0, 0, "2222222222222"),
        (1704067200000000, 0, "3khuwc44c2222"),
        (1704067200000000, 1023, "3khuwc44c22zz"),
        (1767225600000000, 7, "3mbd3542k222b"),
    ],
)
def test_a_tid_is_written_as_the_specification_says(microseconds: int, clock_id: int, expected: str):
    assert tid(microseconds, clock_id) == expected


def test_a_step_always_gets_the_same_key_and_another_step_another():
    assert record_key(START, "a") == record_key(START + timedelta(microseconds=400), "a")
    assert len({record_key(START, str(number)) for number in range(500)}) == 500


def test_keys_are_valid_and_sort_by_their_instant():
    keys = [record_key(START + timedelta(milliseconds=number), f"step {number}") for number in range(200)]

    assert keys == sorted(keys)
    assert all(TID.fullmatch(key) for key in keys)


def test_facets_are_placed_in_utf8_bytes():
    text = "✨ example mentioning @atproto.com to share the URL 👨‍❤️‍👨 https://en.wikipedia.org/wiki/CBOR."

    mention, link = facets(text, {"atproto.com": "did:plc:ewvi7nxzyoun6zhxrhs64oiz"})

    assert mention["index"] == {"byteStart": 23, "byteEnd": 35}
    assert mention["features"] == [
        {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ewvi7nxzyoun6zhxrhs64oiz"}
    ]
    assert link["index"] == {"byteStart": 74, "byteEnd": 108}
    assert link["features"][0]["uri"] == "https://en.wikipedia.org/wiki/CBOR"


def test_a_handle_is_asked_for_once_whatever_its_case():
    assert handles("@Atproto.com et encore @atproto.com, pas moi@atproto.com") == ["atproto.com"]


def test_the_sandbox_names_files_as_the_network_does():
    assert blob_cid(b"hello world") == "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
