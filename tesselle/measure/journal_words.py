"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "figures.base_chosen": N_("Chose what engagement rates are divided by: %(base)s"),
    "figures.imported": N_("Imported figures from “%(name)s”: %(known)s posts, %(elsewhere)s made elsewhere"),
    "figures.visits_imported": N_(
        "Imported visits to the website from “%(name)s”: %(visits)s, on %(days)s days"
    ),
    "figures.import_undone": N_("Undid an import of figures: “%(name)s”"),
    "figures.typed": N_("Typed in figures of “%(name)s”"),
    "peer.added": N_("Added a company to compare with: %(name)s"),
    "peer.noted": N_("Noted public figures of %(name)s"),
    "peer.removed": N_("Removed a company to compare with: %(name)s"),
    "spending.noted": N_("Noted time or money spent on %(day)s: %(minutes)s minutes, %(amount)s"),
    "spending.removed": N_("Removed an entry of time or money of %(day)s"),
    "spending.rate_chosen": N_("Chose what an hour of work costs: %(rate)s"),
    "visits.source_connected": N_("Connected statistics of the website: %(name)s"),
    "visits.source_let_go": N_("Disconnected statistics of the website: %(name)s"),
    "result.noted": N_("Noted quote requests or signed jobs: %(count)s, of %(day)s"),
    "result.removed": N_("Removed an entry of quote requests or signed jobs of %(day)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
