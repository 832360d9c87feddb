"""People come onto a list, leave it, and are forgotten. Each change is in the journal, without the address
of whoever asked to be forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tesselle.audience.links import CONFIRM_WITHIN
from tesselle.audience.models import MailingList, Subscriber
from tesselle.audience.signals import subscriber_erased
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.workspaces.models import User, Workspace

State, Way = Subscriber.State, Subscriber.Way


@transaction.atomic
def ensure_list(*, workspace: Workspace, key: str, name: str, sender: str, language: str) -> MailingList:
    """The list of a channel, made when the channel is connected; its people stay when it is disconnected."""
    found, _created = MailingList.objects.update_or_create(
        workspace=workspace,
        key=key,
        defaults={"sender": sender},
        create_defaults={"name": name, "sender": sender, "language": language},
    )
    return found


@transaction.atomic
def change_list(mailing_list: MailingList, *, by: User | None) -> None:
    """Keeps what a form changed on it."""
    mailing_list.save(update_fields=["name", "language", "about", "is_open"])
    tell("audience.list_changed", mailing_list, by)


@transaction.atomic
def add_by_hand(
    mailing_list: MailingList, *, address: str, name: str, consent_note: str, by: User | None
) -> Subscriber:
    """Somebody who said yes elsewhere: at the counter, on paper.

    Raises:
        RuleError: the address is there already; who left can only come back by themselves.
    """
    known = mailing_list.subscribers.filter(address=address).first()
    if known is not None and known.state == State.LEFT:
        raise RuleError(Message(_LEFT, {"address": address}))
    if known is not None and known.state == State.CONFIRMED:
        raise RuleError(Message(_THERE, {"address": address}))
    now = timezone.now()
    subscriber, _created = Subscriber.objects.update_or_create(
        mailing_list=mailing_list,
        address=address,
        defaults={
            "name": name,
            "state": State.CONFIRMED,
            "way": Way.HAND,
            "consent_note": consent_note,
            "confirmed_at": now,
        },
    )
    tell("audience.added", mailing_list, by)
    return subscriber


@transaction.atomic
def ask_to_join(mailing_list: MailingList, *, address: str, name: str) -> Subscriber | None:
    """Somebody filled in the form. None: nothing to confirm, they are on it already. Who had left may come
    back this way: the confirmation proves that it is they."""
    known = Subscriber.objects.select_for_update().filter(mailing_list=mailing_list, address=address).first()
    if known is not None and known.state == State.CONFIRMED:
        return None
    if known is not None and known.state == State.LEFT:
        return known  # stays away until the link's button is pressed
    if known is None:
        known = Subscriber(mailing_list=mailing_list, address=address, state=State.PENDING, way=Way.FORM)
    known.name, known.asked_at = name or known.name, timezone.now()
    known.save()
    return known


@transaction.atomic
def confirm(subscriber: Subscriber) -> bool:
    """The owner of the address said yes. False: they had already."""
    done = (
        Subscriber.objects.filter(pk=subscriber.pk)
        .exclude(state=State.CONFIRMED)
        .update(
            state=State.CONFIRMED,
            way=Way.FORM,
            confirmed_at=timezone.now(),
            left_at=None,
            consent_note="",
        )
    )
    if done:
        tell("audience.confirmed", subscriber.mailing_list, None)
    return done == 1


@transaction.atomic
def leave(subscriber: Subscriber, *, by: User | None = None) -> bool:
    """No mail any more. Kept as having left, so that no import brings the address back. False: had left."""
    done = (
        Subscriber.objects.filter(pk=subscriber.pk)
        .exclude(state=State.LEFT)
        .update(state=State.LEFT, left_at=timezone.now())
    )
    if done:
        tell("audience.left", subscriber.mailing_list, by)
    return done == 1


@transaction.atomic
def erase(subscriber: Subscriber, *, by: User | None) -> None:
    """As if the address had never been here: on its owner's request. What has left our hands (the mails
    themselves) is not ours to take back."""
    mailing_list, recipient, address = subscriber.mailing_list, str(subscriber.public_id), subscriber.address
    subscriber.delete()
    subscriber_erased.send(sender=Subscriber, recipient=recipient, address=address)
    tell("audience.erased", mailing_list, by)


def forget_unconfirmed(now: datetime) -> int:
    """Whoever was entered and never said yes; the link they were sent is too old by then. Returns how many."""
    waited = Subscriber.objects.filter(state=State.PENDING, asked_at__lt=now - CONFIRM_WITHIN)
    return waited.delete()[0]


def tell(verb: str, mailing_list: MailingList, by: User | None, **params: object) -> None:
    record(
        verb,
        workspace_id=mailing_list.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="mailing_list",
        subject_id=mailing_list.pk,
        list=mailing_list.name,
        **params,
    )


_LEFT = N_(
    "%(address)s has unsubscribed. Only its owner can come back, by the subscription form: give them its address."
)
_THERE = N_("%(address)s is on this list already.")
