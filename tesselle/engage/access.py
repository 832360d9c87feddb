"""A delivery below which people write, or 404."""

from django.http import Http404

from tesselle.connectors.protocols import Reply
from tesselle.engage import services
from tesselle.ledger.models import Delivery
from tesselle.publish.access import delivery_of
from tesselle.workspaces.models import Member


def discussed_of(member: Member, delivery_id: int) -> Delivery:
    """Raises Http404: not theirs, or nothing is written there."""
    delivery = delivery_of(member, delivery_id)
    if not services.can_be_discussed(delivery):
        raise Http404
    return delivery


def comment_of(delivery: Delivery, wanted: str) -> Reply | None:
    """Read anew: a browser's word is not enough to say which one is meant. None: it is no longer there.

    Raises:
        NetworkError: the network could not be asked, so nobody knows.
    """
    said = services.read_replies(delivery)
    return next((one.reply for one in said if one.reply.remote.id == wanted), None)
