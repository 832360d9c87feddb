"""What the page of aims shows of objectives and of the mix."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tesselle.strategy import smart
from tesselle.strategy.models import Objective, Pillar
from tesselle.strategy.numbers import in_words

FEWEST_PILLARS, MOST_PILLARS = 3, 6
WHOLE = 100


@dataclass(frozen=True, slots=True)
class ShownObjective:
    """`letters`: each with whether it is there. `missing`: how to mend what is not."""

    one: Objective
    figure: str
    letters: tuple[tuple[str, str | Promise, bool], ...]
    missing: tuple[str | Promise, ...]
    cautions: tuple[str, ...]

    @property
    def pk(self) -> Any:
        return self.one.pk

    def __str__(self) -> str:
        return self.one.sentence


def shown(objective: Objective) -> ShownObjective:
    gone = smart.missing(objective)
    return ShownObjective(
        one=objective,
        figure=in_words(objective),
        letters=tuple((letter.letter, letter.name, letter not in gone) for letter in smart.LETTERS),
        missing=tuple(letter.cure for letter in gone),
        cautions=tuple(smart.cautions(objective)),
    )


def mix_note(pillars: list[Pillar]) -> str:
    """What is odd about the pillars taken together; empty when nothing is."""
    if not pillars:
        return ""
    if len(pillars) < FEWEST_PILLARS:
        return _("Three to six pillars carry best: with fewer, every post looks like the one before.")
    if len(pillars) > MOST_PILLARS:
        return _("Three to six pillars carry best: nobody keeps more of them alive.")
    total = sum(one.target_percent or 0 for one in pillars)
    if total != WHOLE:
        return _("The meant shares add up to %(total)s percent, not to 100.") % {"total": total}
    return ""
