"""Erasing what is kept of a comment, because its author asks for it.

What is kept is little: a digest by which the comment is known again, and, of an answer of ours, where the
comment stands (an address, which on some networks names its author) with what the network said. The words
were never kept. The digest stays, since by it alone the comment is not shown or counted again.
"""

from datetime import datetime

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.engage.heeding import settled
from tesselle.engage.judging import digest_of
from tesselle.engage.models import Heard
from tesselle.engage.places import Place, begun
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery, Purpose
from tesselle.ledger.services.forgetting import AT_REST, forget_answered
from tesselle.workspaces.models import User

ON_ITS_WAY = N_(
    "An answer to this comment is still on its way, and needs to know where it goes. Wait until it is out or "
    "call it off, then erase."
)


@transaction.atomic
def erase(place: Place, remote_id: str, *, by: User) -> int:
    """Returns how many answers of ours were given to it. Cannot be undone: what is gone is gone.

    Raises:
        RuleError: an answer to it is on its way, or is being changed or taken down.
    """
    answers = list(
        Delivery.objects.select_for_update().filter(
            channel=place.channel, purpose=Purpose.ANSWER, target__id=remote_id
        )
    )
    changes = Delivery.objects.select_for_update().filter(subject__in=answers)
    if any(one.state not in AT_REST for one in (*answers, *changes)):
        raise RuleError(ON_ITS_WAY)
    conversation = begun(place)
    Heard.objects.update_or_create(
        conversation=conversation,
        digest=digest_of(place.channel.network, remote_id),
        # Not even when it was written: the instant of the post or of the connection stands there instead.
        defaults={"state": Heard.State.ERASED, "posted_at": _another_instant(place)},
    )
    forget_answered(answers)
    record(
        "comment.erased",
        workspace_id=place.channel.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="channel" if place.delivery is None else "delivery",
        subject_id=(place.delivery or place.channel).pk,
        answers=len(answers),
    )
    settled(conversation)
    return len(answers)


def _another_instant(place: Place) -> datetime:
    if place.delivery is None:
        return place.channel.connected_at
    return place.delivery.live_at or place.delivery.due_at
