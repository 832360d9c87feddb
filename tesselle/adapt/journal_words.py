"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "decision.taken": N_("Accepted a suggestion of the figures"),
    "decision.undone": N_("Undid a decision"),
    "decision.judged": N_("A decision was judged: %(verdict)s"),
    "suggestion.dismissed": N_("Put a suggestion of the figures away"),
}


def tell() -> None:
    tell_verbs(VERBS)
