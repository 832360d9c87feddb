"""Which comments wait."""

from datetime import UTC, datetime, timedelta

from tesselle.connectors.protocols import Reply
from tesselle.domain.verdicts import Remote
from tesselle.engage.judging import digest_of, waiting

NOON = datetime(2026, 3, 18, 11, 0, tzinfo=UTC)


def said(name: str, below: str, minutes: int, *, mine: bool = False) -> Reply:
    return Reply(Remote(name), "", "", NOON + timedelta(minutes=minutes), below, mine)


def names(*replies: Reply, answered: tuple[str, ...] = ()) -> list[str]:
    return [reply.remote.id for reply in waiting(replies, answered)]


def test_what_we_answered_waits_no_more_and_thanks_after_it_wait_again():
    assert names(said("a", "post", 1), said("ours", "a", 2, mine=True), said("b", "post", 3)) == ["b"]
    assert names(said("a", "post", 1), said("ours", "a", 2, mine=True), said("c", "ours", 3)) == ["c"]
    assert names(said("a", "post", 1), answered=("a",)) == []


def test_where_only_two_levels_exist_an_answer_beside_it_is_its_answer():
    before, ours, after = said("b", "a", 2), said("ours", "a", 3, mine=True), said("c", "a", 4)

    assert names(said("a", "post", 1), before, ours, after) == ["c"]


def test_a_later_part_of_our_own_thread_answers_nobody():
    assert names(said("a", "post", 1), said("part", "post", 2, mine=True)) == ["a"]


def test_a_digest_does_not_show_the_address():
    digest = digest_of("bluesky", "at://did:plc:ana/app.bsky.feed.post/1")

    assert "ana" not in digest
    assert digest == digest_of("bluesky", "at://did:plc:ana/app.bsky.feed.post/1")
    assert digest != digest_of("mastodon", "at://did:plc:ana/app.bsky.feed.post/1")
