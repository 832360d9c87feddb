"""What this folder's verbs are called in the journal."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "by_hand.asked": N_("Asked for %(where)s to be done by hand"),
    "by_hand.done": N_("Did %(where)s by hand"),
    "by_hand.not_done": N_("Took back that %(where)s was done by hand"),
    "by_hand.called_off": N_("Called off doing %(where)s by hand"),
    "by_hand.taken_up": N_("Took doing %(where)s by hand up again"),
    "event.added": N_("Added the event %(name)s to the calendar"),
    "event.removed": N_("Removed the event %(name)s from the calendar"),
    "evergreen.marked": N_("Marked as evergreen, to rest %(days)s days"),
    "evergreen.unmarked": N_("Marked as evergreen no longer"),
    "feed.opened": N_("Opened a calendar address: %(name)s"),
    "feed.withdrawn": N_("Withdrew a calendar address: %(name)s"),
    "holidays.chosen": N_("Chose the holidays that are shown: %(place)s"),
    "pictures.planned": N_("Made posts of pictures: %(planned)s planned, %(drafts)s as drafts"),
    "posts.imported": N_("Imported a table: %(planned)s planned, %(drafts)s as drafts"),
    "posts.import_undone": N_("Undid the import of a table: %(gone)s posts deleted, %(kept)s kept"),
    "slots.added": N_("Added posting times: %(count)s"),
    "slots.removed": N_("Removed a posting time at %(at)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
