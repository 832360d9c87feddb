from dataclasses import replace

import numpy as np

from tesselle.insights.evidence import Certainty, candidates, findings
from tesselle.insights.fit import fit
from tesselle.insights.posts import Factor
from tesselle.insights.tests.made import posts


def own(table):
    return fit(table, use_curve=False)


def test_a_large_effect_with_many_posts_is_clear():
    table = posts(300, video=0.9)

    found = {(one.effect.factor, one.effect.level): one.certainty for one in findings(own(table), table)}

    assert found["format", "video"] is Certainty.CLEAR


def test_below_twelve_posts_nothing_is_said():
    table = posts(11, video=2.0)

    assert candidates(own(table), table) == []


def test_a_level_with_four_posts_is_not_spoken_of():
    table = posts(100, video=2.0)
    rare = table.format.index.copy()
    rare[rare == 2] = 0
    rare[:4] = 2
    table = replace(table, format=Factor(rare, table.format.levels))

    spoken = {one.effect.level for one in candidates(own(table), table) if one.effect.factor == "format"}

    assert "video" not in spoken


def test_never_more_than_five_findings():
    table = posts(600, video=0.9)

    assert len(findings(own(table), table)) <= 5


def test_the_share_of_doubt_in_what_is_shown_stays_below_one_in_ten():
    table = posts(300, video=0.5)

    shown = findings(own(table), table)

    assert shown
    assert np.mean([1 - one.effect.practical for one in shown]) <= 0.10


def test_what_cannot_be_told_apart_is_not_claimed():
    """All videos are offers, and nothing else is: one of the two acts, nobody can say which."""
    table = posts(300, video=0.9)
    pillar = np.where(table.format.index == 2, 1, np.where(table.pillar.index == 1, 0, table.pillar.index))
    table = replace(table, pillar=Factor(pillar, table.pillar.levels))

    shown = findings(own(table), table)

    claimed = {
        (one.effect.factor, one.effect.level) for one in shown if one.certainty is not Certainty.CANNOT_TELL
    }
    assert not {("format", "video"), ("pillar", "offer")} <= claimed
