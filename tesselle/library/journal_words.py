"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs
from tesselle.library.models import Album, Asset, Consent

VERBS = {
    "asset.added": N_("Added a picture or a film"),
    "asset.described": N_("Described a picture"),
    "asset.deleted": N_("Deleted a picture"),
    "asset.restored": N_("Brought a picture back"),
    "asset.prepared": N_("Prepared a film"),
    "asset.failed": N_("Could not prepare a film"),
    "asset.tried_again": N_("Asked for a film once more"),
    "asset.logo": N_("Chose a picture as the logo"),
    "asset.captioned": N_("Wrote captions for a film: %(count)s"),
    "asset.made": N_("Made a file of others: %(count)s"),
    "asset.tagged": N_("Added tags to pictures (%(count)s): %(tags)s"),
    "album.opened": N_("Opened the album “%(name)s”"),
    "album.renamed": N_("Renamed the album “%(before)s”: “%(name)s”"),
    "album.closed": N_("Closed the album “%(name)s”"),
    "album.filled": N_("Put pictures into the album “%(name)s”: %(count)s"),
    "asset.people_told": N_("Said who is on a picture; consents: %(count)s"),
    "consent.noted": N_("Noted a consent"),
    "consent.changed": N_("Changed a consent"),
    "consent.withdrawn": N_("Noted that a consent is withdrawn"),
    "consent.extended": N_("Noted a consent for more pictures: %(count)s"),
    "consent.forgotten": N_("Forgot a consent"),
    "album.emptied": N_("Took pictures out of their albums: %(count)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("asset", N_("Media"), "library:media_asset", _names))
    tell_subject(Subject("consent", N_("Consent"), "library:consent", _consents))
    tell_subject(Subject("album", N_("Album"), "library:album", _albums))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Asset.objects.filter(pk__in=ids).values_list("pk", "original_name"))


def _albums(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Album.objects.filter(pk__in=ids).values_list("pk", "name"))


def _consents(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Consent.objects.filter(pk__in=ids).values_list("pk", "who"))
