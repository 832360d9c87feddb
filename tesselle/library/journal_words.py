"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs
from tesselle.library.models import Asset

VERBS = {"asset.added": N_("Added a picture")}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("asset", N_("Picture"), "library:asset", _names))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Asset.objects.filter(pk__in=ids).values_list("pk", "original_name"))
