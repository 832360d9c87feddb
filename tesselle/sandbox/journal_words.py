"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "practice.clock_moved": N_("Moved the practice clock, until %(until)s"),
    "practice.clock_stopped": N_("Stopped the practice clock"),
    "practice.begun_anew": N_("Began anew in a new practice world, in place of %(name)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
