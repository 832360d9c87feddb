"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {"figures.base_chosen": N_("Chose what engagement rates are divided by: %(base)s")}


def tell() -> None:
    tell_verbs(VERBS)
