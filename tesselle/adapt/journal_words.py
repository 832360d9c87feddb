"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "decision.taken": N_("Accepted a suggestion of the figures"),
    "decision.undone": N_("Undid a decision"),
    "decision.judged": N_("A decision was judged: %(verdict)s"),
    "experiment.made": N_("Prepared an experiment"),
    "experiment.begun": N_("Began an experiment: its question is frozen"),
    "experiment.drawn": N_("Drew pair %(number)s of an experiment"),
    "experiment.planned": N_("Planned pair %(number)s of an experiment"),
    "experiment.given_up": N_("Gave pair %(number)s of an experiment up before it was planned"),
    "experiment.stopped": N_("Stopped an experiment"),
    "experiment.ended": N_("An experiment ended"),
    "suggestion.dismissed": N_("Put a suggestion of the figures away"),
}


def tell() -> None:
    tell_verbs(VERBS)
