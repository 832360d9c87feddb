"""Reading the register: what was agreed about which pictures, and where that is not enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tesselle.domain.checks import Agreement
from tesselle.domain.content import Content
from tesselle.library.models import Asset, Consent, ConsentOnAsset
from tesselle.workspaces.models import Workspace

Needed = Mapping[str, tuple[Agreement, ...]]
"""By file, as `domain.checks.Consents` asks for it."""


def needed_for(assets: Iterable[Asset]) -> Needed:
    """In one question; none where there are no assets."""
    known = {asset.pk: asset for asset in assets}
    found: dict[str, tuple[Agreement, ...]] = {
        asset.path: () for asset in known.values() if asset.recognisable
    }
    if known:
        links = ConsentOnAsset.objects.filter(asset__in=known).select_related("consent").order_by("pk")
        for link in links:
            path = known[link.asset_id].path
            found[path] = (*found.get(path, ()), agreement_of(link.consent))
    return found


def needed_for_files(workspace: Workspace, files: Iterable[str]) -> Needed:
    wanted = set(files)
    if not wanted:
        return {}
    return needed_for(Asset.objects.filter(workspace=workspace, file__in=wanted))


def agreement_of(consent: Consent) -> Agreement:
    return Agreement(
        who=consent.who,
        networks=frozenset(consent.networks),
        until=consent.until,
        is_withdrawn=consent.withdrawn_at is not None,
    )


def register(workspace: Workspace) -> list[tuple[Consent, int]]:
    """Those that hold first, then by name; each with its number of pictures."""
    shown = ConsentOnAsset.objects.filter(consent__workspace=workspace, asset__deleted_at=None)
    pictures = dict(shown.values_list("consent").annotate(Count("pk")))
    found = Consent.objects.filter(workspace=workspace).order_by(
        F("withdrawn_at").asc(nulls_first=True), "who", "pk"
    )
    return [(consent, pictures.get(consent.pk, 0)) for consent in found]


def assets_with(consent: Consent) -> QuerySet[Asset]:
    return Asset.objects.filter(consents__consent=consent, deleted_at=None).order_by("-uploaded_at", "-id")


def lacking(assets: QuerySet[Asset], today: date) -> QuerySet[Asset]:
    """Those that may not be shown today: nobody was asked, or somebody's word no longer holds."""
    links = ConsentOnAsset.objects.filter(asset=OuterRef("pk"))
    over = links.filter(Q(consent__withdrawn_at__isnull=False) | Q(consent__until__lt=today))
    return assets.filter(Q(Exists(over)) | (Q(recognisable=True) & ~Exists(links)))


_AT_SENDING = """
SELECT a.file, ($3::timestamptz AT TIME ZONE w.zone)::date AS day,
  c.who, c.networks, c.until, c.withdrawn_at IS NOT NULL AS is_withdrawn
FROM library_asset a JOIN workspaces_workspace w ON w.id = a.workspace_id
LEFT JOIN library_consentonasset o ON o.asset_id = a.id LEFT JOIN library_consent c ON c.id = o.consent_id
WHERE a.workspace_id = $1 AND a.file = ANY($2::text[]) AND (a.recognisable OR o.id IS NOT NULL)
ORDER BY o.id
"""


@dataclass(frozen=True, slots=True)
class AtSending:
    """`day`: the workspace's own, when the delivery was claimed."""

    day: date
    needed: Needed


async def at_sending(
    db: asyncpg.Pool, content: Content, workspace_id: int, now: datetime
) -> AtSending | None:
    """What a worker judges by, a moment before it sends; None: nobody has to be asked."""
    if not content.media:
        return None
    rows = await db.fetch(_AT_SENDING, workspace_id, [media.asset for media in content.media], now)
    if not rows:
        return None
    needed: dict[str, tuple[Agreement, ...]] = {}
    for row in rows:
        needed[row["file"]] = (*needed.get(row["file"], ()), *_agreed(row))
    return AtSending(rows[0]["day"], needed)


def _agreed(row: Mapping[str, Any]) -> tuple[Agreement, ...]:
    if row["who"] is None:
        return ()
    return (Agreement(row["who"], frozenset(row["networks"]), row["until"], row["is_withdrawn"]),)
