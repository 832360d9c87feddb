"""Formats and lists that are read from the network, in the composer's one generic form."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tesselle.channels.choices import SEARCHES_KEPT
from tesselle.channels.models import Channel, RemoteChoices
from tesselle.channels.tests.other_card import card_with
from tesselle.connectors.card import Ability, AccountKind, Choice, Format, OptionField
from tesselle.domain.errors import NotSentError
from tesselle.networks import card, plugin
from tesselle.sandbox.accounts import connect_simulated
from tesselle.workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db(transaction=True)

ASKED: list[tuple[str, dict[str, str]]] = []


async def choices(_connector: Any, option: str, chosen: dict[str, str], _api: Any) -> tuple[Choice, ...]:
    ASKED.append((option, dict(chosen)))
    if option == "shop":
        return (Choice("9 Tiles", f"Tiles of {chosen['town']}"),)
    if option == "section":
        return (Choice("s1", f"Section of {chosen['board']}"),)
    if option == "audience":
        return (Choice("ALL", "ALL"), Choice("FEW", "Everyone"))
    return (Choice("b1", "Kitchens"), Choice("b2", "Bathrooms", "shared"))


@pytest.fixture(autouse=True)
def boards() -> Iterator[None]:
    """A network with boards, sections in them, and two formats."""
    ASKED.clear()
    limits = plugin("mastodon").connector.limits
    own = plugin("mastodon").card

    def two_formats(connector: Any, account: Any) -> Any:
        from dataclasses import replace

        usual = limits(account)
        short = replace(usual, texts=tuple(replace(text, maximum=10) for text in usual.texts))
        return replace(usual, formats=(("story", short),))

    kinds = tuple(
        AccountKind(kind.slug, kind.name, (Format("feed", "Feed"), Format("story", "Story")))
        for kind in own.account_kinds
    )
    options = (
        OptionField("board", "Tile board", kind="remote_choice", required=True),
        OptionField("section", "Section", kind="remote_choice", depends_on="board"),
        OptionField("sticker", "Sticker", formats=("story",)),
        OptionField("town", "Town"),
        OptionField("shop", "Shop", kind="remote_choice", depends_on="town"),
        OptionField("audience", "Audience", kind="remote_choice", choices=(Choice("ALL", "Everyone"),)),
    )
    abilities = card("mastodon").abilities | {Ability.CHOICES}
    given = {"choices": choices, "limits": two_formats}
    with card_with("mastodon", account_kinds=kinds, options=options, abilities=abilities, connector=given):
        yield


@pytest.fixture
def channel(boards: None, alice: User, workspace: Workspace) -> Channel:
    return connect_simulated(workspace=workspace, network="mastodon", by=alice)


def written(client: Client, channel: Channel, do: str = "refresh", **options: str) -> Any:
    form = {f"c{channel.pk}-option-{name}": value for name, value in options.items()}
    response = client.post(
        "/posts/new", {"shared-text": "Tiles and more tiles", "channels": channel.pk, "do": do, **form}
    )
    return response.context["page"].variants[0]


def options_of(variant: Any) -> dict[str, Any]:
    return {option.name: option for option in variant.options}


def codes(variant: Any) -> set[str]:
    return {finding.field_id for finding in variant.findings if finding.tone == "danger"}


def test_a_list_nobody_has_read_is_read_at_the_press_of_a_button_and_kept(as_alice: Client, channel: Channel):
    before = options_of(written(as_alice, channel))["board"]
    assert before.choices == (("", "—"),)

    after = options_of(written(as_alice, channel, f"choices:{channel.pk}:board"))["board"]

    assert after.choices == (("", "—"), ("b1", "Kitchens"), ("b2", "Bathrooms (shared)"))
    assert after.read_at is not None
    assert RemoteChoices.objects.get().option == "board"
    assert len(ASKED) == 1
    written(as_alice, channel)
    assert len(ASKED) == 1


def test_a_list_that_depends_on_another_waits_for_it(as_alice: Client, channel: Channel):
    assert options_of(written(as_alice, channel))["section"].waits_for == "Tile board"

    section = options_of(written(as_alice, channel, f"choices:{channel.pk}:section", board="b1"))["section"]

    assert section.choices == (("", "—"), ("s1", "Section of b1"))
    other = options_of(written(as_alice, channel, board="b2"))["section"]
    assert other.choices == (("", "—"),)


def test_what_is_typed_reads_the_list_that_depends_on_it(as_alice: Client, channel: Channel):
    act = f"choices:{channel.pk}:shop"
    page = as_alice.post(
        "/posts/new", {"shared-text": "Tiles", "channels": channel.pk, "do": "refresh"}
    ).content.decode()
    assert f"""hx-vals='{{"do": "{act}"}}'""" in page

    shop = options_of(written(as_alice, channel, act, town="Genève"))["shop"]
    emptied = options_of(written(as_alice, channel, act, town=""))["shop"]

    assert shop.choices == (("", "—"), ("9 Tiles", "Tiles of Genève"))
    assert emptied.waits_for == "Town" and len(ASKED) == 1


def test_of_what_people_searched_for_the_newest_lists_are_kept(as_alice: Client, channel: Channel):
    for number in range(SEARCHES_KEPT + 2):
        written(as_alice, channel, f"choices:{channel.pk}:shop", town=f"Town {number}")

    kept = set(RemoteChoices.objects.values_list("under", flat=True))
    assert len(kept) == SEARCHES_KEPT and "Town 0" not in kept and f"Town {SEARCHES_KEPT + 1}" in kept


def test_values_that_the_card_knows_are_called_as_it_calls_them(as_alice: Client, channel: Channel):
    audience = options_of(written(as_alice, channel, f"choices:{channel.pk}:audience"))["audience"]

    assert audience.choices == (("", "—"), ("ALL", "Tout le monde"), ("FEW", "Everyone"))


def test_a_network_that_does_not_tell_is_quoted_and_nothing_typed_is_lost(as_alice: Client, channel: Channel):
    async def silent(*_: Any) -> tuple[Choice, ...]:
        raise NotSentError("The network is asleep.")

    # Not the fixture: that one may outlive `boards`, and would put `choices` back after it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(plugin("mastodon").connector), "choices", silent)
        response = as_alice.post(
            "/posts/new",
            {"shared-text": "Tiles", "channels": channel.pk, "do": f"choices:{channel.pk}:board"},
        )

    assert response.status_code == 422
    assert "The network is asleep." in response.content.decode()
    assert response.context["page"].boxes[0].text == "Tiles"


def test_what_must_be_chosen_is_said_until_it_is(as_alice: Client, channel: Channel):
    field = f"c{channel.pk}-option-board"

    assert field in codes(written(as_alice, channel))
    assert field not in codes(written(as_alice, channel, board="b1"))


def test_a_format_has_its_own_limits_and_fields(as_alice: Client, channel: Channel):
    feed, story = (
        written(as_alice, channel, board="b1"),
        written(as_alice, channel, board="b1", format="story"),
    )

    assert "sticker" not in options_of(feed)
    assert "sticker" in options_of(story)
    assert (feed.is_invalid, story.is_invalid) == (False, True)
    assert [counter.limit for counter in story.counters] == [10]
    assert story.limits["texts"][0]["maximum"] == 10


def test_what_was_typed_for_another_format_is_kept_in_the_form(as_alice: Client, channel: Channel):
    feed = written(as_alice, channel, board="b1", format="feed", sticker="heart")

    assert feed.other_options == (("sticker", "heart"),)


def test_mallory_reads_no_list_of_others(client: Client, mallory: User, channel: Channel):
    client.force_login(mallory)

    client.post("/posts/new", {"shared-text": "x", "do": f"choices:{channel.pk}:board"})

    assert ASKED == []
