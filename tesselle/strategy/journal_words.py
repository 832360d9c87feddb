"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs

VERBS = {
    "pillar.added": N_("Added the pillar %(name)s"),
    "pillar.changed": N_("Changed the pillar %(name)s"),
    "pillar.retired": N_("Retired the pillar %(name)s"),
    "pillar.restored": N_("Brought the pillar %(name)s back"),
    "campaign.added": N_("Added the campaign %(name)s"),
    "campaign.changed": N_("Changed the campaign %(name)s"),
    "campaign.retired": N_("Retired the campaign %(name)s"),
    "campaign.restored": N_("Brought the campaign %(name)s back"),
    "objective.added": N_("Added the objective “%(name)s”"),
    "objective.changed": N_("Changed the objective “%(name)s”"),
    "objective.retired": N_("Retired the objective “%(name)s”"),
    "objective.restored": N_("Brought the objective “%(name)s” back"),
    "persona.added": N_("Added the reader %(name)s"),
    "persona.changed": N_("Changed the reader %(name)s"),
    "persona.retired": N_("Put the reader %(name)s away"),
    "persona.restored": N_("Brought the reader %(name)s back"),
    "cadence.changed": N_("Changed the rhythm of the channels"),
    "line.changed": N_("Changed the editorial line and charter"),
    "strategy.made": N_("Made a first strategy with the assistant"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("pillar", N_("Pillar")))
    tell_subject(Subject("campaign", N_("Campaign")))
    tell_subject(Subject("objective", N_("Objective")))
    tell_subject(Subject("persona", N_("Reader")))
