"""Every repair cures what it says it cures; those that promise to lose nothing lose nothing."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.channels.models import Channel
from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import Draft, Words
from tesselle.compose.repairs import repair, repair_all, repairs_of
from tesselle.connectors.card import Network, OptionField
from tesselle.domain.checks import check
from tesselle.domain.content import Content
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.limits import Limits, Unit
from tesselle.domain.tests.limits import PIECES, at_most
from tesselle.library.models import Asset
from tesselle.workspaces.models import User, Workspace

BY = User(email="alice@example.org")
CHANNEL = Channel(pk=7, network="anywhere", handle="carreaux")
PICTURE = Asset(
    pk=1, kind="image", mime="image/jpeg", file="a.jpg", size_bytes=1, width_px=9, height_px=9, alt="Un sol"
)


@dataclass(frozen=True)
class MadeUp(Place):
    """A place with limits of the test's choosing."""

    channel: Channel = CHANNEL
    limits: Limits = field(
        default_factory=lambda: Limits((at_most(40), at_most(90, Unit.BYTES)), max_parts=50)
    )

    def fields(self, format: str) -> tuple[OptionField, ...]:
        return ()

    def findings(self, content: Content) -> tuple[Finding, ...]:
        return check(content, self.limits)


def desk(words: Words, place: Place, **draft: Any) -> Desk:
    workspace = Workspace(language="fr")
    return Desk(workspace, None, Draft(words, (7,), **draft), {7: place}, {1: PICTURE})


@pytest.fixture(autouse=True)
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Place, "card", Network("x", "X", "", (), frozenset(), ()))


def signs(text: str) -> str:
    return "".join(text.split())


texts = st.lists(
    st.sampled_from([piece for piece in PIECES if not piece.startswith("http")]), max_size=40
).map("".join)
words = st.builds(
    Words,
    text=texts,
    parts=st.lists(texts, max_size=3).map(tuple),
    link=st.sampled_from(["", "https://example.com/sol"]),
    media=st.sampled_from([(), (1,)]),
)
places = st.sampled_from(
    [
        MadeUp(),
        MadeUp(limits=Limits((at_most(60),), max_parts=50, allows_link=False, max_images=4)),
        MadeUp(limits=Limits((at_most(60),), max_parts=50, link_beside_media=False, max_images=4)),
        MadeUp(
            limits=Limits(
                (at_most(90),), caption=replace(at_most(60), with_link=True), max_parts=50, max_images=4
            )
        ),
        MadeUp(limits=Limits((at_most(60),), max_parts=2, max_images=0)),
    ]
)


@given(words, places)
def test_a_repair_makes_its_finding_go(before: Words, place: Place) -> None:
    begun = desk(before, place)
    for finding in place.findings(begun.content(7)):
        for name in repairs_of(finding, begun, place):
            after = begun.with_draft(repair(begun, place, name, finding.place, BY))
            left = {(one.code, one.place) for one in place.findings(after.content(7))}
            assert (finding.code, finding.place) not in left, name


@given(words, places)
def test_splitting_joining_and_moving_a_link_lose_no_sign(before: Words, place: Place) -> None:
    begun = desk(before, place)
    for finding in place.findings(begun.content(7)):
        for name in set(repairs_of(finding, begun, place)) & {"split_thread", "join_parts", "link_into_text"}:
            after = repair(begun, place, name, finding.place, BY).words(7)
            kept = signs("".join(after.texts))
            if name == "link_into_text":
                assert before.link in kept and after.link == ""
                kept = kept if before.link in before.text else kept.replace(before.link, "", 1)
            assert kept == signs("".join(before.texts))


@given(words, places)
def test_repairing_everything_leaves_nothing_that_a_repair_would_mend(before: Words, place: Place) -> None:
    begun = desk(before, place)

    after = begun.with_draft(repair_all(begun, place, BY))

    for finding in place.findings(after.content(7)):
        if (
            finding.severity is not Severity.ADVICE
            and len(begun.draft.words(7).texts) < place.limits.max_parts
        ):
            assert not repairs_of(finding, after, place) or finding.code == "too_many_parts"


def test_what_comes_out_in_too_many_parts_is_joined_and_shortened() -> None:
    place = MadeUp(limits=Limits((at_most(60),), max_parts=2))
    long = "Bonjour @alice@example.socialBonjourBonjourBonjourBonjourexample.org/page"
    begun = desk(Words(text=long), place)

    after = begun.with_draft(repair_all(begun, place, BY))

    assert place.findings(after.content(7)) == ()
    assert after.draft.words(7).texts[0] == "Bonjour"


@given(words, places)
def test_a_repair_for_one_channel_leaves_the_shared_words_alone(before: Words, place: Place) -> None:
    begun = desk(before, place)
    for finding in place.findings(begun.content(7)):
        for name in set(repairs_of(finding, begun, place)) - {"drop_part"}:
            assert repair(begun, place, name, finding.place, BY).shared == before


def test_two_limits_hold_for_every_part_after_a_split() -> None:
    place = MadeUp()
    begun = desk(Words(text="a" * 60 + " " + "👨‍👩‍👧‍👦" * 6), place)

    after = begun.with_draft(repair(begun, place, "split_thread", "text", BY))

    assert place.findings(after.content(7)) == ()


def test_a_text_kept_with_the_picture_is_offered_and_taken() -> None:
    place = MadeUp(limits=Limits((at_most(60),), alt=at_most(100), max_images=1))
    begun = desk(Words(text="Zellige", media=(1,)), place)
    begun = begun.with_draft(replace(begun.draft, alts={1: ""}))  # the writer emptied the field
    (finding,) = place.findings(begun.content(7))

    assert repairs_of(finding, begun, place) == ("add_alt",)
    assert repair(begun, place, "add_alt", finding.place, BY).alts == {1: "Un sol"}
