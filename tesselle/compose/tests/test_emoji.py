"""Emojis are found by their names in both languages, and each is one sign for every network."""

import pytest
import regex
from django.test import Client
from django.utils import translation

from tesselle.channels.models import Channel
from tesselle.compose.emoji import Emoji, emoji_groups
from tesselle.compose.tests.forms import channel_in, form
from tesselle.domain.text.counting import graphemes
from tesselle.workspaces.models import Workspace

ALL = [one for group in emoji_groups("") for one in group.signs]


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return channel_in(workspace, "bluesky", "carreaux")


def found(query: str) -> list[str]:
    return [one.sign for group in emoji_groups(query) for one in group.signs]


@pytest.mark.parametrize("emoji", ALL, ids=lambda one: one.english)
def test_each_is_one_sign_drawn_in_colours(emoji: Emoji) -> None:
    assert len(graphemes(emoji.sign)) == 1
    # What Unicode draws as a symbol becomes a picture only with the selector behind it.
    assert regex.match(r"\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}{2}", emoji.sign)


def test_none_stands_twice_and_no_two_have_the_same_name() -> None:
    assert len({one.sign for one in ALL}) == len(ALL)
    for name in ("french", "english"):
        names = [getattr(one, name) for one in ALL]
        assert sorted(names) == sorted(set(names))


def test_they_are_found_in_both_languages_with_and_without_accents() -> None:
    assert found(":brique") == found("brick") == ["🧱"]
    assert "🔨" in found("outil") and "🔨" in found("tool")
    assert found("fete nationale") == ["🎆"]
    assert "🍳" in found("poêle") and "🍳" in found("poele")
    assert "❤️" in found("coeur rouge") and "❤️" in found("cœur")
    assert found("zzz") == []


def test_they_are_offered_beside_snippets_by_the_name_of_the_language(
    as_alice: Client, channel: Channel
) -> None:
    asked = {**form(channel, text="Posé"), "into": "shared-text-0"}

    with translation.override("en"):
        every = as_alice.post("/posts/insert", {**asked, "wanted": ""}).content.decode()
        none = as_alice.post("/posts/insert", {**asked, "wanted": "#brick"}).content.decode()
    brick = as_alice.post("/posts/insert", {**asked, "wanted": "brique"}).content.decode()

    assert every.count("data-inserts") == len(ALL)
    assert 'aria-label="brique"' in brick and brick.count("data-inserts") == 1
    assert "🧱" not in none, "hashtags are looked for"
