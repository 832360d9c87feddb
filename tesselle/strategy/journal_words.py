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
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("pillar", N_("Pillar")))
    tell_subject(Subject("campaign", N_("Campaign")))
    tell_subject(Subject("objective", N_("Objective")))
