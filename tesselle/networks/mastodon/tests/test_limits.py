import pytest

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Unit
from tesselle.domain.text import count
from tesselle.networks.mastodon.limits import limits_for
from tesselle.networks.mastodon.sandbox.counting import mastodon_length
from tesselle.networks.mastodon.software import instance_facts, recognise

# Mastodon.py 2.2.2's `get_status_length`, which follows the server's StatusLengthValidator.
VECTORS = (
    ("hi https://example.com/very/long?x=1 ok", 29),
    ("@alice@example.social hello", 12),
    ("👨‍👩‍👧‍👦", 1),
    ("e\u0301", 1),
    ("example.com", 11),
    ("http://a.b", 10),
    ("(https://example.com/a_(b)).", 26),
    ("🇨🇭🇫🇷", 2),
    ("한국어", 3),
)


def account(kind: str = "mastodon", **facts: object) -> Account:
    return Account(kind, "1", "@alice@mastodon.example", "https://mastodon.example", facts)


@pytest.mark.parametrize(("text", "length"), VECTORS)
def test_a_text_counts_as_the_server_counts_it(text, length):
    assert count(text, limits_for(account()).texts[0]) == length


@pytest.mark.parametrize(("text", "length"), VECTORS)
def test_the_sandbox_counts_by_itself_and_alike(text, length):
    assert mastodon_length(text, "", 23) == length


def test_a_warning_counts_in_full():
    assert mastodon_length("hi", "cw https://example.com/abcdefghijklmnop", 23) == 41


def test_the_servers_own_numbers_hold():
    limits = limits_for(account(max_characters=11_000, max_media=16, url_weight=30, alt_characters=4_000))

    assert limits.texts[0].maximum == 11_000
    assert limits.texts[0].url_weight == 30
    assert limits.max_images == 16
    assert limits.alt is not None
    assert limits.alt.maximum == 4_000


def test_formats_a_server_does_not_name_are_not_offered():
    limits = limits_for(account("pixelfed", mimes=["image/jpeg", "image/png"]))

    assert limits.image is not None
    assert limits.image.mimes == ("image/jpeg", "image/png")
    assert limits.max_videos == 0


@pytest.mark.parametrize("kind", ["gotosocial", "takahe", "pixelfed", "snac", "other", "never heard of"])
def test_everything_but_mastodon_counts_in_full(kind):
    limit = limits_for(account(kind)).texts[0]

    assert (limit.unit, limit.url_weight, limit.local_mentions) == (Unit.CODE_POINTS, None, False)


@pytest.mark.parametrize(
    ("nodeinfo", "version", "slug"),
    [
        ("mastodon", "4.5.0", "mastodon"),
        ("mastodon", "4.3.0+glitch", "mastodon"),
        ("", "4.5.0", "other"),
        ("", "2.7.2 (compatible; Pixelfed 0.12.3)", "pixelfed"),
        ("gotosocial", "0.20.1", "gotosocial"),
        ("takahe", "takahe/0.11.0", "takahe"),
        ("snac", "4.0.0 (not true; really snac/2.70)", "snac"),
        ("akkoma", "2.7.2 (compatible; Akkoma 3.10)", "other"),
    ],
)
def test_a_server_is_mastodon_only_when_nodeinfo_says_so(nodeinfo, version, slug):
    assert recognise(nodeinfo, version).slug == slug


def test_what_an_instance_does_not_tell_is_left_out():
    assert instance_facts({"version": "4.5.0", "configuration": {"statuses": {"max_characters": 700}}}) == {
        "version": "4.5.0",
        "max_characters": 700,
    }
    assert instance_facts({"uri": "old.example", "max_toot_chars": 1024}) == {
        "domain": "old.example",
        "max_characters": 1024,
    }
