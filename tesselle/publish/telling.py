"""A post that is blocked, refused, uncertain or missed is told to who planned it and who can decide."""

from django.urls import reverse

from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.notify.journal_reading import fresh_entries
from tesselle.notify.models import Kind
from tesselle.notify.services import tell
from tesselle.workspaces.models import Member, Role

SENTENCES = {
    "delivery.blocked": N_(
        "“%(post)s” is blocked on %(channel)s. Once what stands in the way is mended, it goes on."
    ),
    "delivery.refused": N_("“%(post)s” was refused by %(channel)s. Nothing is out; it needs to be changed."),
    "delivery.unknown": N_("Nobody can tell whether “%(post)s” is out on %(channel)s. Please look."),
    "delivery.missed": N_(
        "“%(post)s” missed its time on %(channel)s. Send it now, choose another time, or drop it."
    ),
    "delivery.partial": N_("Only a part of “%(post)s” is out on %(channel)s. It needs somebody."),
}
NOT_APPROVED = N_("“%(post)s” waits on %(channel)s: its time has come and it is not approved.")


def tell_troubles() -> int:
    """What the journal says since the last time; returns how many notices there are more."""
    return sum(_tell(entry) for entry in fresh_entries())


def _tell(entry: Entry) -> int:
    reason = entry.params.get("reason", "")
    if entry.verb == "delivery.blocked" and reason == BlockReason.PAUSE:
        return 0  # a person paused the channel: they know
    delivery = (
        Delivery.objects.filter(pk=entry.subject_id or 0, workspace__deleted_at=None)
        .select_related("workspace", "channel", "post")
        .first()
    )
    if delivery is None:
        return 0
    approval = entry.verb == "delivery.blocked" and reason == BlockReason.APPROVAL
    what = Message(
        NOT_APPROVED if approval else SENTENCES[entry.verb],
        {
            "post": delivery.name[:80] or "…",
            "channel": delivery.channel.display_name or delivery.channel.handle,
        },
    )
    url = reverse("publish:delivery", args=[delivery.pk])
    key = f"entry:{entry.pk}"
    return tell(delivery.workspace, _whom(delivery), Kind.DELIVERY, what, url=url, key=key)


def _whom(delivery: Delivery) -> set[int]:
    deciding = Member.objects.filter(
        workspace=delivery.workspace_id, role__in=(Role.OWNER, Role.MANAGER)
    ).values_list("user_id", flat=True)
    return {*deciding, *((delivery.created_by_id,) if delivery.created_by_id else ())}
