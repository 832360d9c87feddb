"""The links that stand in mails: each names one subscriber, signed, so that nothing has to be kept.

A link's GET decides nothing, since mail scanners open links; the button on its page does.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tesselle.audience.models import Subscriber

_CONFIRM = "audience.confirm"
_LEAVE = "audience.leave"
CONFIRM_WITHIN = timedelta(days=7)


def confirm_url(subscriber: Subscriber) -> str:
    token = signing.TimestampSigner(salt=_CONFIRM).sign(str(subscriber.public_id))
    return f"{settings.PUBLIC_URL}{reverse('audience:confirm', args=[token])}"


def leave_url(recipient: str) -> str:
    """Good for ever: an old mail must let one leave too."""
    token = signing.Signer(salt=_LEAVE).sign(recipient)
    return f"{settings.PUBLIC_URL}{reverse('audience:leave', args=[token])}"


def to_confirm(token: str) -> str:
    """The subscriber's number; "" for a link that is not ours, or too old."""
    try:
        return signing.TimestampSigner(salt=_CONFIRM).unsign(token, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return ""


def to_leave(token: str) -> str:
    try:
        return signing.Signer(salt=_LEAVE).unsign(token)
    except signing.BadSignature:
        return ""
