"""One delivery of this member's workspace, with what its page shows, or 404."""

from django.http import Http404

from tesselle.ledger.models import Delivery
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Member


def delivery_of(member: Member, delivery_id: int) -> Delivery:
    found = _delivery.records({SOME_ID: delivery_id, _WORKSPACE: member.workspace_id})
    if not found:
        raise Http404
    return found[0]


_WORKSPACE = SOME_ID - 1
_delivery = KeptQuery(
    lambda: Delivery.objects.select_related(
        "workspace", "channel__workspace", "post", "variant__revision", "subject", "created_by"
    ).filter(pk=SOME_ID, workspace_id=_WORKSPACE)
)
