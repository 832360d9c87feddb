"""A place where people write to us, or 404."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tesselle.channels.access import channel_of
from tesselle.connectors.card import Discussed
from tesselle.connectors.protocols import Reply
from tesselle.engage import services
from tesselle.engage.places import Place, below, of_account
from tesselle.publish.access import delivery_of
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


def place_for(
    member: Member, *, delivery_id: int | None = None, channel_id: int | None = None, kind: str = ""
) -> Place:
    """Below a delivery, or of that kind on a channel.

    Raises:
        Http404: not theirs, or nothing is written there.
        PermissionDenied: messages are private; whoever may not answer does not read them.
    """
    if delivery_id is not None:
        found = below(delivery_of(member, delivery_id))
    else:
        places = of_account(channel_of(member, channel_id or 0))
        found = next((place for place in places if place.kind.value == kind), None)
    if found is None:
        raise Http404
    if not may_read(member, found):
        raise PermissionDenied
    return found


def may_read(member: Member, place: Place) -> bool:
    """Comments and reviews are public, messages are not."""
    return place.kind is not Discussed.MESSAGES or may(member, Right.ANSWER)


def comment_of(place: Place, wanted: str) -> Reply | None:
    """Read anew: a browser's word is not enough to say which one is meant. None: it is no longer there.

    Raises:
        NetworkError: the network could not be asked, so nobody knows.
    """
    said = services.read_replies(place)
    return next((one.reply for one in said if one.reply.remote.id == wanted), None)
