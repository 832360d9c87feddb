"""Which deliveries show an asset in a wording that is no longer the newest."""

from django.db.models import F
from django.urls import reverse

from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery
from tesselle.library.models import Asset
from tesselle.library.usage import Use

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
