"""The System Usability Scale: ten statements, 1 (not at all) to 5 (entirely), one number from 0 to 100.

Source: J. Brooke, "SUS: a quick and dirty usability scale", 1986, in P. W. Jordan et al. (eds), Usability
Evaluation in Industry, Taylor & Francis 1996; free to use when its source is named. A mean score is about 68.
"""

from collections.abc import Sequence
from statistics import mean

from django.utils.translation import gettext_lazy as _

STATEMENTS = (
    _("I think that I would like to use this tool frequently."),
    _("I found this tool unnecessarily complex."),
    _("I thought this tool was easy to use."),
    _("I think that I would need the support of a technical person to be able to use this tool."),
    _("I found the various functions in this tool were well integrated."),
    _("I thought there was too much inconsistency in this tool."),
    _("I would imagine that most people would learn to use this tool very quickly."),
    _("I found this tool very cumbersome to use."),
    _("I felt very confident using this tool."),
    _("I needed to learn a lot of things before I could get going with this tool."),
)
LOWEST, HIGHEST = 1, 5
MEAN_SCORE = 68


def usability_score(answers: Sequence[int]) -> float:
    """Odd statements praise, even ones blame.

    >>> usability_score([5, 1, 5, 1, 5, 1, 5, 1, 5, 1])
    100.0
    """
    if len(answers) != len(STATEMENTS) or not all(LOWEST <= one <= HIGHEST for one in answers):
        raise ValueError("ten answers from 1 to 5")
    points = [
        answer - LOWEST if number % 2 == 0 else HIGHEST - answer for number, answer in enumerate(answers)
    ]
    return sum(points) * 2.5


def mean_score(all_answers: Sequence[Sequence[int]]) -> float | None:
    """None: nobody answered."""
    return mean(usability_score(answers) for answers in all_answers) if all_answers else None
