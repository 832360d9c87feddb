"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.audience.models import MailingList
from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs

VERBS = {
    "audience.list_changed": N_("Changed the list %(list)s"),
    "audience.added": N_("Added somebody to %(list)s"),
    "audience.imported": N_("Imported addresses into %(list)s: %(count)s"),
    "audience.exported": N_("Exported the addresses of %(list)s"),
    "audience.confirmed": N_("Somebody confirmed to be on %(list)s"),
    "audience.left": N_("Somebody left %(list)s"),
    "audience.erased": N_("Forgot an address of %(list)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("mailing_list", N_("Newsletter list"), "audience:list", _names))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(MailingList.objects.filter(pk__in=ids).values_list("pk", "name"))
