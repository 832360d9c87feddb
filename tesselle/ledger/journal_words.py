"""What the states of deliveries are called in the journal; the database writes these entries itself."""

from collections.abc import Collection, Mapping

from tesselle.domain.lifecycle import DeliveryState as D
from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs
from tesselle.ledger.models import Delivery

STATES: Mapping[D, str] = {
    D.PLANNED: N_("The delivery is planned again"),
    D.QUEUED: N_("Its time came: the delivery stands in line"),
    D.SENDING: N_("The delivery is being sent"),
    D.PROCESSING: N_("The network accepted the delivery"),
    D.LIVE: N_("The delivery was seen on the network"),
    D.SENT: N_("The delivery is out; this network shows nothing back"),
    D.WAITING: N_("The delivery is tried again later"),
    D.SETTLING: N_("The answer got lost; the network is asked"),
    D.PARTIAL: N_("Some parts of the delivery are out"),
    D.BLOCKED: N_("The delivery is blocked"),
    D.REFUSED: N_("The network refused the delivery"),
    D.UNKNOWN: N_("Nobody can tell whether the delivery is out"),
    D.MISSED: N_("The delivery’s time passed"),
    D.CANCELLED: N_("Called the delivery off"),
    D.REMOVED: N_("The delivery is no longer on the network"),
}

PLANS = {
    "delivery.planned_for": N_("Planned the post for %(at)s"),
    "delivery.moved": N_("Moved the post to %(at)s"),
}

COPIES = {
    "delivery.second_copy": N_("A second copy was seen on the network"),
    "delivery.second_copy_seen_to": N_("Saw to the second copy"),
}


def tell() -> None:
    tell_verbs(PLANS)
    tell_verbs(COPIES)
    tell_verbs({f"delivery.{state.value}": sentence for state, sentence in STATES.items()})
    tell_subject(Subject("delivery", N_("Delivery"), "publish:delivery", _names))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    rows = Delivery.objects.filter(pk__in=ids).select_related("post", "channel")
    return {row.pk: f"{row.post} · {row.channel.handle}" if row.post else str(row.channel) for row in rows}
