"""The rankings, against a published example, against pymcdm, and against what must always hold."""

import json
import math
import subprocess
import sys
from decimal import Decimal

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pymcdm.methods import TOPSIS, WSM
from pymcdm.normalizations import minmax_normalization, vector_normalization

from tesselle.academy import catalogue
from tesselle.academy.choosing.ranking import Candidate, percent, ranges, ranked
from tesselle.academy.choosing.robustness import smallest_flip, win_shares
from tesselle.academy.choosing.second_opinion import judged
from tesselle.academy.choosing.usability import mean_score, usability_score
from tesselle.academy.choosing.weights import shared_out, weights_for

SCORES = st.integers(0, 4)
WEIGHTS = st.lists(st.integers(1, 40), min_size=2, max_size=8)


@st.composite
def matrices(draw: st.DrawFn) -> tuple[list[int], dict[str, list[int]]]:
    weights = draw(WEIGHTS)
    row = st.lists(SCORES, min_size=len(weights), max_size=len(weights))
    rows = draw(st.lists(row, min_size=2, max_size=6))
    return weights, {f"tool {number}": scores for number, scores in enumerate(rows)}


# --- Against what others computed -------------------------------------------------------------

# C. L. Hwang and K. Yoon, Multiple Attribute Decision Making, Springer 1981: the choice of a fighter aircraft,
# four of them by six attributes (the fourth, the price, is the only cost). Their closeness to the ideal:
AIRCRAFT = [
    [2.0, 1500, 20000, 5.5, 5, 9],
    [2.5, 2700, 18000, 6.5, 3, 5],
    [1.8, 2000, 21000, 4.5, 7, 7],
    [2.2, 1800, 20000, 5.0, 5, 5],
]
AIRCRAFT_WEIGHTS = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3]
AIRCRAFT_CLOSENESS = [0.643, 0.268, 0.613, 0.312]


def closeness_by_hand(matrix, weights, costs=()):
    """TOPSIS written out from its definition, with nothing of the library."""
    columns = list(zip(*matrix, strict=True))
    lengths = [math.sqrt(sum(value * value for value in column)) for column in columns]
    weighed = [[w * value / n for value, w, n in zip(row, weights, lengths, strict=True)] for row in matrix]
    best, worst = [], []
    for place, column in enumerate(zip(*weighed, strict=True)):
        ends = (min(column), max(column)) if place in costs else (max(column), min(column))
        best.append(ends[0])
        worst.append(ends[1])
    found = []
    for row in weighed:
        to_best, to_worst = math.dist(row, best), math.dist(row, worst)
        found.append(to_worst / (to_best + to_worst))
    return found


def net_flow_by_hand(matrix, weights):
    """PROMETHEE II with the usual preference: who is better on a criterion is preferred on it, by its weight."""
    total = sum(weights)

    def preferred(a, b):
        return sum(w for w, x, y in zip(weights, a, b, strict=True) if x > y) / total

    return [
        sum(preferred(a, b) - preferred(b, a) for b in matrix if b is not a) / (len(matrix) - 1)
        for a in matrix
    ]


def test_the_library_ranks_the_published_aircraft_as_their_authors_did():
    types = numpy.array([1, 1, 1, -1, 1, 1])
    found = TOPSIS(vector_normalization)(
        numpy.array(AIRCRAFT), numpy.array(AIRCRAFT_WEIGHTS), types, validation=False
    )

    # Worked by hand in 1981, with three digits carried along.
    assert list(found) == pytest.approx(AIRCRAFT_CLOSENESS, abs=0.001)
    assert closeness_by_hand(AIRCRAFT, AIRCRAFT_WEIGHTS, costs=(3,)) == pytest.approx(list(found))


@given(matrices())
def test_topsis_is_what_its_definition_gives(given_matrix):
    weights, scores = given_matrix
    rows = list(scores.values())
    places = [place for place in range(len(weights)) if len({row[place] for row in rows}) > 1]
    assume(places)
    kept = [[row[place] for place in places] for row in rows]

    found = judged(weights, rows)["topsis"]

    share = sum(weights[place] for place in places)
    assert found == pytest.approx(closeness_by_hand(kept, [weights[place] / share for place in places]))


@given(matrices())
def test_promethee_is_what_its_definition_gives(given_matrix):
    weights, scores = given_matrix
    rows = list(scores.values())
    places = [place for place in range(len(weights)) if len({row[place] for row in rows}) > 1]
    assume(places)
    kept = [[row[place] for place in places] for row in rows]

    found = judged(weights, rows)["promethee"]

    assert found == pytest.approx(net_flow_by_hand(kept, [weights[place] for place in places]), abs=1e-9)
    assert sum(found) == pytest.approx(0, abs=1e-9)


@given(matrices())
def test_the_weighted_sum_is_that_of_the_library(given_matrix):
    weights, scores = given_matrix
    # Scaled by the worst and the best there are, so that the scale is 0 to 4 for the library too.
    rows = [*scores.values(), [0] * len(weights), [4] * len(weights)]
    shares = numpy.array(weights) / sum(weights)
    method = WSM(minmax_normalization)

    theirs = method(numpy.array(rows, dtype=float), shares, numpy.ones(len(weights)), validation=False)

    assert [percent(weights, row) for row in rows] == pytest.approx([100 * value for value in theirs])


def test_equal_tools_are_level_and_nothing_is_divided_by_zero():
    assert judged([1, 1], [[0, 2], [0, 2]]) == {"topsis": [1.0, 1.0], "promethee": [1.0, 1.0]}


def test_the_second_methods_answer_from_a_process_of_their_own():
    asked = json.dumps({"weights": [3, 1], "scores": [[4, 0], [0, 4]]})
    done = subprocess.run(
        [sys.executable, "-m", "tesselle.academy.choosing.second_opinion"],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )

    answer = json.loads(done.stdout)
    assert answer["topsis"][0] > answer["topsis"][1]
    assert answer["promethee"] == [0.5, -0.5]


# --- The weighted sum -------------------------------------------------------------------------


def test_the_best_is_first_and_equals_share_their_place():
    found = ranked([2, 1], [Candidate("a", (1, 1)), Candidate("b", (4, 0)), Candidate("c", (4, 0))])

    assert [(one.name, one.place) for one in found] == [("b", 1), ("c", 1), ("a", 3)]
    assert found[0].percent == pytest.approx(100 * 8 / 12)


def test_a_missing_score_is_a_range_and_not_zero():
    unsure = Candidate("unsure", (None, 2))

    assert ranked([1, 1], [unsure]) == []
    [only] = ranges([1, 1], [unsure])
    assert (only.lowest, only.highest, only.missing) == (25.0, 75.0, 1)


def test_what_has_no_weight_need_not_be_known():
    assert ranked([1, 0], [Candidate("a", (4, None))])[0].percent == 100.0


@given(matrices(), st.integers(2, 9))
def test_only_the_proportions_of_the_weights_count(given_matrix, factor):
    weights, scores = given_matrix
    candidates = [Candidate(name, tuple(row)) for name, row in scores.items()]
    larger = [weight * factor for weight in weights]

    assert [(one.name, one.place) for one in ranked(weights, candidates)] == [
        (one.name, one.place) for one in ranked(larger, candidates)
    ]


@given(matrices())
def test_a_better_score_never_costs_a_place(given_matrix):
    weights, scores = given_matrix
    name, row = next(iter(scores.items()))
    better = scores | {name: [min(4, score + 1) for score in row]}

    def place(of):
        return next(
            one.place
            for one in ranked(weights, [Candidate(n, tuple(r)) for n, r in of.items()])
            if one.name == name
        )

    assert place(better) <= place(scores)


# --- What it hangs on -------------------------------------------------------------------------


@given(matrices())
def test_shares_of_wins_sum_to_one_and_repeat(given_matrix):
    weights, scores = given_matrix
    shares = win_shares(weights, scores)

    assert sum(shares.values()) == pytest.approx(1)
    assert shares == win_shares(weights, scores)


@given(matrices())
def test_whoever_is_better_everywhere_always_wins(given_matrix):
    weights, scores = given_matrix
    winner = {"above all": [5] * len(weights)}

    assert win_shares(weights, scores | winner)["above all"] == pytest.approx(1)
    assert smallest_flip(weights, "above all", scores | winner) is None


@given(matrices())
def test_the_smallest_change_draws_level_and_a_smaller_one_does_not(given_matrix):
    weights, scores = given_matrix
    order = ranked(weights, [Candidate(name, tuple(row)) for name, row in scores.items()])
    assume(order[1].place == 2)
    winner = order[0].name
    flip = smallest_flip(weights, winner, scores)
    assume(flip is not None and flip.change > 0.001)

    def reached(changed, name):
        moved = [changed if place == flip.criterion else w for place, w in enumerate(weights)]
        return sum(w * s for w, s in zip(moved, scores[name], strict=True))

    almost = flip.weight + 0.99 * (flip.needed - flip.weight)
    assert reached(flip.needed, flip.rival) == pytest.approx(reached(flip.needed, winner))
    for rival in scores:
        if rival != winner:
            assert reached(almost, rival) < reached(almost, winner)


def test_an_example_of_a_flip():
    """Ease counts 6, price 4; a leads by 6·1 − 4·1 = 2 points. Price at 6 draws level, or ease at 4."""
    flip = smallest_flip([6, 4], "a", {"a": [3, 2], "b": [2, 3]})

    assert flip is not None
    assert (flip.criterion, flip.rival, flip.needed) == (0, "b", 4.0)


# --- Weights and the questionnaire ------------------------------------------------------------


@given(st.sets(st.sampled_from([need.key for need in catalogue.needs()])))
def test_weights_always_sum_to_a_hundred(answered):
    found = weights_for(catalogue.criteria(), catalogue.needs(), answered)

    assert sum(found.values()) == Decimal(100)
    assert all(weight >= 0 for weight in found.values())


@given(st.dictionaries(st.text(max_size=5), st.floats(0.01, 1000), min_size=1, max_size=20))
def test_rounding_moves_no_weight_by_a_tenth(raw):
    found, total = shared_out(raw), sum(raw.values())

    assert sum(found.values()) == Decimal(100)
    assert all(abs(float(found[key]) - 100 * raw[key] / total) < 0.1 + 1e-6 for key in raw)


def test_a_need_raises_what_it_is_about():
    plain = weights_for(catalogue.criteria(), catalogue.needs(), ())
    with_it = weights_for(catalogue.criteria(), catalogue.needs(), {"approval"})

    assert plain["collaboration"] == 6
    assert with_it["collaboration"] > 2 * plain["collaboration"]


@given(st.lists(st.integers(1, 5), min_size=10, max_size=10))
def test_usability_lies_between_0_and_100_and_its_mirror_is_the_rest(answers):
    score = usability_score(answers)

    assert 0 <= score <= 100
    assert score + usability_score([6 - one for one in answers]) == 100


def test_usability_of_indifference_is_50_and_of_nobody_nothing():
    assert usability_score([3] * 10) == 50
    assert mean_score([[3] * 10, [5, 1] * 5]) == 75
    assert mean_score([]) is None
