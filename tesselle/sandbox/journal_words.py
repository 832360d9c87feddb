"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "practice.clock_moved": N_("Moved the practice clock, until %(until)s"),
    "practice.clock_stopped": N_("Stopped the practice clock"),
    "practice.outage_begun": N_("Let %(network)s be down, for practice"),
    "practice.throttled_begun": N_("Let %(network)s slow everything down, for practice"),
    "practice.refuses_begun": N_("Let %(network)s refuse pictures, for practice"),
    "practice.expired_begun": N_("Let the sign-in at %(network)s run out, for practice"),
    "practice.bad_day_ended": N_("Ended the bad day of %(network)s"),
    "practice.scenario_begun": N_("Began the scenario “%(scenario)s”"),
    "practice.taken_over": N_(
        "Took %(drafts)s drafts, %(slots)s posting times and %(subjects)s pillars and objectives over "
        "from %(practice)s into %(real)s"
    ),
    "practice.world_chosen": N_("Chose the world to practise in"),
    "practice.concluded": N_("Committed a conclusion about the practice world"),
    "practice.begun_anew": N_("Began anew in a new practice world, in place of %(name)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
