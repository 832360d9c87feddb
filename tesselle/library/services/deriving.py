"""What is made of assets becomes an asset itself, and keeps what holds for those it was made of."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from tesselle.library.decoding import Decoded, UndecodableError, keep
from tesselle.library.models import Asset, ConsentOnAsset
from tesselle.library.refusals import refusal
from tesselle.library.services.uploading import note, take_in
from tesselle.workspaces.models import User


def keep_made(
    made: Path, bench: Path, *, of: Sequence[Asset], name: str, alt: str = "", by: User | None
) -> Asset:
    """A picture, film or PDF that we made, kept like one that was added.

    Raises RuleError: it cannot be opened.
    """
    try:
        decoded = keep(made, bench)
    except UndecodableError as error:
        raise refusal(error.code, name) from error
    return keep_decoded(decoded, of=of, name=name, alt=alt, by=by)


@transaction.atomic
def keep_decoded(
    decoded: Decoded, *, of: Sequence[Asset], name: str, alt: str = "", by: User | None
) -> Asset:
    asset = take_in(of[0].workspace, decoded, name=name[:200], by=by, alt=alt, **inherited(of))
    remember_sources(asset, of, by)
    return asset


def inherited(of: Sequence[Asset]) -> dict[str, Any]:
    """Who is on one of the sources is on it, too: it goes out with their consent only."""
    return {
        "album": of[0].album,
        "credit": _joined(source.credit for source in of),
        "licence": of[0].licence if len({source.licence for source in of}) == 1 else "",
        "recognisable": any(source.recognisable for source in of),
    }


def remember_sources(asset: Asset, of: Sequence[Asset], by: User | None) -> None:
    """What it is made of, and whose consent it therefore needs."""
    asset.made_of.add(*of)
    consents = ConsentOnAsset.objects.filter(asset__in=of).values_list("consent_id", flat=True)
    links = [ConsentOnAsset(asset=asset, consent_id=pk) for pk in sorted(set(consents))]
    ConsentOnAsset.objects.bulk_create(links, ignore_conflicts=True)
    if links and not asset.recognisable:  # the same bytes were here before
        asset.recognisable = True
        asset.save(update_fields=["recognisable"])
    note(asset, "asset.made", by, count=len(of))


def _joined(credits: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, credits)))[:120]
