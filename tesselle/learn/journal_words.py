"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "learning.asked": N_("Asked what the figures say"),
    "goal.seen": N_("Said to know that the objective “%(name)s” is badly begun"),
}


def tell() -> None:
    tell_verbs(VERBS)
