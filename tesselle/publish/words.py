"""The states of deliveries and attempts in words: what it means, and what happens next."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.domain.verdicts import BlockReason
from tesselle.ledger.models import Delivery, Look

D, A = DeliveryState, AttemptState

MEANING: Mapping[str, Promise] = {
    D.PLANNED: gettext_lazy("It is planned. Nothing has left yet."),
    D.QUEUED: gettext_lazy("Its time has come: it stands in line for this channel."),
    D.SENDING: gettext_lazy("It is being sent at this moment."),
    D.PROCESSING: gettext_lazy("The network said yes. We now look whether it can really be seen there."),
    D.LIVE: gettext_lazy("It is out, and we have seen it on the network."),
    D.SENT: gettext_lazy("It is out, as far as anyone can tell: this network cannot be asked to show it."),
    D.WAITING: gettext_lazy("Nothing was sent yet; it will be tried again by itself."),
    D.SETTLING: gettext_lazy(
        "The answer got lost. It may be out already, so we look on the network before anything is sent again."
    ),
    D.PARTIAL: gettext_lazy("Some parts are out, the rest is not. It needs you."),
    D.BLOCKED: gettext_lazy(
        "Something outside the post stands in the way. Once it is mended, it goes on by itself."
    ),
    D.REFUSED: gettext_lazy("The network refuses this content. Nothing is out; it needs to be changed."),
    D.UNKNOWN: gettext_lazy("Nobody can tell whether it is out."),
    D.MISSED: gettext_lazy(
        "Its time passed while nothing could be sent. It does not go out late without your word."
    ),
    D.CANCELLED: gettext_lazy("It was called off. It does not go out."),
    D.REMOVED: gettext_lazy("It was out, and is no longer there."),
}

WITHOUT_CONSENT = gettext_lazy(
    "We did not send it: somebody who is on a picture, or whose home is, has not agreed. Nothing is out."
)


def meaning(delivery: Delivery) -> str:
    """What its state means. Where whoever is on a picture says no, it is not the network that refuses."""
    if awaits_yes(delivery):
        return str(UNTIL_APPROVED)
    return str(WITHOUT_CONSENT if lacks_consent(delivery) else MEANING[D(delivery.state)])


def lacks_consent(delivery: Delivery) -> bool:
    """Somebody on a picture has not agreed, or not any more."""
    return delivery.state == D.REFUSED and delivery.reason.startswith(CONSENT)


CONSENT = "consent_"
"""How the reasons begin for which `domain.checks` finds a consent wanting."""


def awaits_yes(delivery: Delivery) -> bool:
    return delivery.state == D.BLOCKED and delivery.reason == BlockReason.APPROVAL


TODO: Mapping[str, Promise] = {
    D.UNKNOWN: gettext_lazy(
        "Look on the network: if it is there, say so; only if it is not, send it once more."
    ),
    D.PARTIAL: gettext_lazy("Send the rest, or leave it as it is."),
    D.REFUSED: gettext_lazy("Change what the network does not take, then plan it again."),
    D.BLOCKED: gettext_lazy("Mend what stands in the way, or drop the post."),
    D.MISSED: gettext_lazy("Send it now, choose another time, or drop it."),
    D.REMOVED: gettext_lazy("Nothing has to be done. If it was a mistake, plan the post again."),
}

UNTIL_APPROVED = gettext_lazy(
    "Nothing is out. It leaves by itself once it is approved, unless that is too late."
)

HAVE_IT_APPROVED = gettext_lazy("Have it approved, or drop it.")

ASK_OR_REPLACE = gettext_lazy(
    "Take another picture, or ask for their consent and note it; then plan it again."
)


def todo(delivery: Delivery) -> str:
    """What somebody can do about it; empty where nothing stands still."""
    if awaits_yes(delivery):
        return str(HAVE_IT_APPROVED)
    return str(ASK_OR_REPLACE if lacks_consent(delivery) else TODO.get(D(delivery.state), ""))


ATTEMPTS: Mapping[str, tuple[Promise, str]] = {
    A.PREPARED: (pgettext_lazy("attempt", "Getting ready"), "info"),
    A.SENDING: (pgettext_lazy("attempt", "Being sent"), "info"),
    A.ACCEPTED: (pgettext_lazy("attempt", "The network said yes"), "good"),
    A.REFUSED: (pgettext_lazy("attempt", "The network said no"), "danger"),
    A.UNSENT: (pgettext_lazy("attempt", "Nothing left"), "attention"),
    A.AMBIGUOUS: (pgettext_lazy("attempt", "The answer got lost"), "attention"),
    A.FOUND: (pgettext_lazy("attempt", "Found on the network"), "good"),
    A.ABSENT: (pgettext_lazy("attempt", "It had not arrived"), "attention"),
    A.FAILED: (pgettext_lazy("attempt", "Accepted, then refused while being processed"), "danger"),
    A.GIVEN_UP: (pgettext_lazy("attempt", "Given up by a person"), "attention"),
}

VERDICTS: Mapping[str, Promise] = {
    "later": gettext_lazy("It asked to come back later; nothing was done there."),
    "nothing_written": gettext_lazy("No byte reached the network, so nothing can be out."),
    "not_prepared": gettext_lazy("It could not be made ready, so nothing was sent."),
    "no_answer": gettext_lazy("The call left, and no answer came back. It may have been carried out."),
    "worker_lost": gettext_lazy("The process that sent it ended before the answer was kept."),
    "duplicate": gettext_lazy("The network says that it already has this."),
    "absent": gettext_lazy("Several looks, spread over time, did not find it: it may be sent again."),
    "repeated": gettext_lazy(
        "Asked again with the same key, the network told what became of the first call."
    ),
    "found": gettext_lazy("Exactly one post there agrees with ours in everything that can be compared."),
    "seen_by_a_person": gettext_lazy("A person saw it on the network."),
    "answered_late": gettext_lazy("An earlier attempt was answered after all, so nothing more was sent."),
    "doubtful": gettext_lazy("The answer can be read both ways. It may have been carried out."),
}

LOOKS: Mapping[str, tuple[Promise, str]] = {
    Look.Outcome.FOUND: (pgettext_lazy("look", "Looked: it is there"), "good"),
    Look.Outcome.NOT_THERE: (pgettext_lazy("look", "Looked: not to be seen"), "quiet"),
    Look.Outcome.SEVERAL: (pgettext_lazy("look", "Looked: several could be it"), "attention"),
    Look.Outcome.UNSURE: (pgettext_lazy("look", "Looked: something like it is there"), "attention"),
    Look.Outcome.SILENT: (pgettext_lazy("look", "Looked: the network did not say"), "quiet"),
}

HOW: Mapping[str, Promise] = {
    "repeat": gettext_lazy("By repeating the call with the same key."),
    "witness": gettext_lazy("By asking for the draft or upload that belongs to it."),
    "lookup": gettext_lazy("By reading what is on the channel."),
    "key": gettext_lazy("By repeating the call with the same key."),
}

BLOCKS: Mapping[str, Promise] = {
    "sign_in": gettext_lazy("The channel’s sign-in has run out: reconnect it."),
    "role": gettext_lazy("The account may not do this: someone has to give it the right."),
    "credits": gettext_lazy("The prepaid calls are used up."),
    "admission": gettext_lazy("The network has not admitted this application yet."),
    "penalty": gettext_lazy("The network has limited or suspended the account."),
    "pause": gettext_lazy("The channel is paused."),
    "approval": gettext_lazy("This wording waits for approval."),
}

CHANGES: Mapping[str, tuple[Promise, str]] = {
    D.PLANNED: (pgettext_lazy("change", "Planned again"), "info"),
    "moved": (pgettext_lazy("change", "Moved to another time"), "info"),
    D.QUEUED: (pgettext_lazy("change", "Its time came"), "info"),
    D.PROCESSING: (pgettext_lazy("change", "Accepted, to be read back"), "info"),
    D.LIVE: (pgettext_lazy("change", "Seen on the network"), "good"),
    D.SENT: (pgettext_lazy("change", "Taken as sent"), "good"),
    D.WAITING: (pgettext_lazy("change", "Put off"), "attention"),
    D.SETTLING: (pgettext_lazy("change", "Being looked up"), "attention"),
    D.PARTIAL: (pgettext_lazy("change", "Only partly out"), "attention"),
    D.BLOCKED: (pgettext_lazy("change", "Blocked"), "danger"),
    D.REFUSED: (pgettext_lazy("change", "Refused"), "danger"),
    D.UNKNOWN: (pgettext_lazy("change", "Handed to a person"), "attention"),
    D.MISSED: (pgettext_lazy("change", "Missed"), "attention"),
    D.CANCELLED: (pgettext_lazy("change", "Called off"), "attention"),
    D.REMOVED: (pgettext_lazy("change", "No longer there"), "danger"),
    "second_copy": (pgettext_lazy("change", "Found to be out twice"), "danger"),
    "second_copy_seen_to": (pgettext_lazy("change", "Both copies seen to"), "good"),
}


def next_words(delivery: Delivery, when: Callable[[object], str]) -> str:
    """What happens next and when; nothing when nothing does. `when` writes an instant for people."""
    at = {"when": when(delivery.next_at)} if delivery.next_at else None
    match delivery.state:
        case D.PLANNED:
            return _("It goes out on %(when)s, without anyone having to be there.") % {
                "when": when(delivery.due_at)
            }
        case D.QUEUED:
            return _("It leaves as soon as the channel is free, usually within seconds.")
        case D.SENDING:
            return _("The network’s answer is being waited for.")
        case D.PROCESSING:
            return _processing(delivery, when)
        case D.LIVE if at and delivery.purpose == "post":
            return _("We look again on %(when)s, to notice if it is taken down.") % at
        case D.WAITING if at:
            return _("It is tried again on %(when)s.") % at
        case D.SETTLING if at:
            return _("The next look is on %(when)s. Nothing is sent before that is clear.") % at
        case D.BLOCKED:
            fresh = delivery.due_at + timedelta(minutes=delivery.channel.fresh_minutes)
            return _("If it is mended before %(when)s, it goes out by itself; after that you are asked.") % {
                "when": when(fresh)
            }
        case D.UNKNOWN:
            return _("Nothing is sent again by itself.")
    return ""


def _processing(delivery: Delivery, when: Callable[[object], str]) -> str:
    words = []
    if delivery.next_at:
        words.append(_("We look for it on %(when)s.") % {"when": when(delivery.next_at)})
    if delivery.verify_until:
        words.append(
            _("If it has not been seen by %(when)s, you are asked.") % {"when": when(delivery.verify_until)}
        )
    return " ".join(words)
