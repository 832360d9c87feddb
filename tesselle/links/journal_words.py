"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "link.made": N_("Made a short link to %(target)s"),
    "link.withdrawn": N_("Withdrew the short link to %(target)s"),
    "link.restored": N_("Brought back the short link to %(target)s"),
    "links.automatic": N_("Short links are made by themselves now"),
    "links.by_hand": N_("Short links are made by hand now"),
}


def tell() -> None:
    tell_verbs(VERBS)
