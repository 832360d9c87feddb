"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "slots.added": N_("Added posting times: %(count)s"),
    "slots.removed": N_("Removed a posting time at %(at)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
