"""What channels are called in a table: a comma may belong to a name, and each has one that means it alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.channels.models import Channel
from tesselle.plan.rhythm.names import ChannelNames

NETWORKS = ("bluesky", "mastodon", "linkedin")
NAMES = ("Dupont", "Morges", "Dupont, Morges", "Dupont ,morges", "Morges, Dupont", "Bluesky", "@Dupont", "")


def channel(number: int, network: str = "bluesky", name: str = "") -> Channel:
    return Channel(pk=number, network=network, handle=f"h{number}", display_name=name)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Dupont Carrelage, Morges", [1]),
        ("dupont  carrelage ,morges", [1]),
        ("Dupont Carrelage; Morges", [2, 3]),
        ("Morges, Dupont Carrelage", [3, 2]),
        ("Morges,Dupont Carrelage, Morges", [3, 1]),
        ("Dupont Carrelage, Morges, Dupont Carrelage | @h4", [1, 2, 4]),
        ("Bluesky,,h2,", [1, 3, 4, 2]),
        (" , ", []),
    ],
)
def test_the_longest_known_name_wins_over_its_comma(text: str, meant: list[int]):
    names = ChannelNames(
        [
            channel(1, name="Dupont Carrelage, Morges"),
            channel(2, "mastodon", "Dupont Carrelage"),
            channel(3, name="Morges"),
            channel(4),
        ]
    )

    found, unknown = names.read(text)

    assert ([one.pk for one in found], unknown) == (meant, ())


@given(st.lists(st.tuples(st.sampled_from(NETWORKS), st.sampled_from(NAMES)), max_size=8))
def test_whatever_channels_are_called_what_is_written_of_them_means_them(drawn: list[tuple[str, str]]):
    channels = [channel(number, network, name) for number, (network, name) in enumerate(drawn, start=1)]
    names = ChannelNames(channels)

    written = [names.write(one) for one in channels]

    assert [names.read(one) for one in written] == [((one,), ()) for one in channels]
    assert names.read("; ".join(written)) == (tuple(channels), ())


@given(st.text(alphabet="ab,;|@ \n", max_size=30))
def test_whatever_a_cell_holds_it_is_a_channel_or_told(text: str):
    found, unknown = ChannelNames([channel(1, name="a, b"), channel(2, name="a")]).read(text)

    assert bool(found or unknown) == bool(text.strip(" ,;|\n"))
    assert all(one.strip() for one in unknown)
