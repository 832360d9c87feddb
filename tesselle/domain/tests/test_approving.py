"""Whose yes counts for what: order, number, nobody twice, and no seat lost when another yes comes."""

from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.approving import (
    ANYONE,
    EDITOR,
    MANAGER,
    OUTSIDE,
    OWNER,
    PERSON,
    Demand,
    Voice,
    can_be_met,
    is_next,
    progress,
)

ALICE, BOB, CHLOE = Voice(1, OWNER), Voice(2, EDITOR), Voice(link_id=7)
CHAIN = (Demand(EDITOR), Demand(OWNER), Demand(OUTSIDE))


def test_the_turn_goes_from_the_editor_to_the_owner_to_whoever_holds_the_link():
    turns = []
    for count in range(4):
        stage = progress(CHAIN, [BOB, ALICE, CHLOE][:count]).open_stage
        turns.append(stage.demand.who if stage else "done")

    assert turns == [EDITOR, OWNER, OUTSIDE, "done"]


def test_an_owner_who_spoke_first_makes_room_for_the_editor():
    assert progress(CHAIN[:2], [ALICE, BOB]).is_done


def test_one_person_is_not_two_pairs_of_eyes():
    assert not progress((Demand(EDITOR), Demand(OWNER)), [ALICE, ALICE]).is_done
    assert not progress((Demand(OUTSIDE, 2),), [CHLOE, CHLOE]).is_done


def test_without_a_rule_a_manager_or_a_link_is_enough_and_an_editor_is_not():
    assert progress((), [CHLOE]).is_done and progress((), [Voice(3, MANAGER)]).is_done
    assert not progress((), [BOB]).is_done


def test_only_the_named_person_will_do_whatever_their_role():
    asked = (Demand(PERSON, person_id=2),)

    assert progress(asked, [BOB]).is_done and not progress(asked, [ALICE, CHLOE]).is_done


def test_a_rule_that_nobody_here_could_meet_is_known_beforehand():
    assert not can_be_met((Demand(OWNER, 2),), [ALICE, BOB])
    assert can_be_met((Demand(EDITOR, 2), Demand(OUTSIDE, 3)), [ALICE, BOB])


def test_the_turn_is_of_whoever_brings_the_open_demand_on():
    named = (Demand(PERSON, person_id=2), Demand(OWNER))
    assert is_next(named, [], BOB) and not is_next(named, [], ALICE)
    assert is_next(named, [BOB], ALICE) and not is_next(named, [BOB], BOB)
    # Alice spoke first and sits on the editor's place: an editor frees the owner's for her.
    assert is_next(CHAIN[:2], [ALICE], BOB)


voices = st.builds(Voice, st.integers(1, 4), st.sampled_from([EDITOR, MANAGER, OWNER])) | st.builds(
    Voice, link_id=st.integers(1, 3)
)
demands = st.builds(
    Demand,
    st.sampled_from([ANYONE, EDITOR, MANAGER, OWNER, PERSON, OUTSIDE]),
    st.integers(1, 3),
    st.integers(1, 4),
)


@given(st.lists(demands, min_size=1, max_size=4), st.lists(voices, max_size=6, unique=True), voices)
def test_another_yes_never_undoes_what_was_reached_and_nobody_counts_twice(asked, said, another):
    before, after = progress(asked, said), progress(asked, [*said, another])
    seated = [voice for stage in after.stages for voice in stage.voices]

    assert len(seated) == len(set(seated))
    assert all(stage.demand.fits(voice) for stage in after.stages for voice in stage.voices)
    assert all(
        len(new.voices) >= len(old.voices) for old, new in zip(before.stages, after.stages, strict=True)
    )
