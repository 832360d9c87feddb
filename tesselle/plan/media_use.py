"""Which deliveries show an asset: in a wording that is no longer the newest, or still to come."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import pgettext

from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Purpose
from tesselle.library.models import Asset
from tesselle.library.usage import Planned, Use
from tesselle.web.addresses import address_of
from tesselle.workspaces.models import Workspace

FILES = """
SELECT m.file ->> 'asset' FROM ledger_delivery d JOIN compose_variant v ON v.id = d.variant_id
CROSS JOIN LATERAL jsonb_array_elements(v.body -> 'media') AS m(file)
WHERE d.workspace_id = %s AND d.state <> 'cancelled'
"""


def deliveries_with(asset: Asset) -> list[Use]:
    """What went out with it, or is going to; `compose` tells the newest wordings."""
    held = {"media": [{"asset": asset.path}]}
    deliveries = (
        Delivery.objects.filter(workspace_id=asset.workspace_id, variant__body__contains=held)
        .exclude(state=DeliveryState.CANCELLED)
        .exclude(variant__revision=F("post__current"), post__deleted_at=None)
        .select_related("channel", "post")
        .order_by("-pk")
    )
    return [
        Use(f"{found.channel} · {found.post}", reverse("publish:delivery", args=[found.pk]))
        for found in deliveries
    ]


def planned_with(workspace: Workspace, files: Collection[str]) -> list[Planned]:
    """Posts that have not gone out everywhere and show one of the files, each at its earliest hour."""
    if not files:
        return []
    shows = reduce(or_, (Q(variant__body__contains={"media": [{"asset": name}]}) for name in files))
    rows = (
        Delivery.objects.filter(shows, workspace=workspace, purpose=Purpose.POST, state__in=_TO_COME)
        .order_by("due_at", "pk")
        .values_list("post_id", "post__name", "due_at", "variant__body")
    )
    found: dict[int | None, Planned] = {}
    for post_id, name, due_at, body in rows:
        shown = frozenset(media["asset"] for media in body["media"]).intersection(files)
        url = address_of("compose:edit", "post_id")(post_id) if post_id else ""
        found.setdefault(post_id, Planned(name or pgettext("post", "Untitled"), url, due_at, shown))
    return list(found.values())


_TO_COME = (DeliveryState.PLANNED, DeliveryState.QUEUED, DeliveryState.WAITING, DeliveryState.BLOCKED)
