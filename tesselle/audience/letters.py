"""The mail that asks whether it was really they: the second half of the double opt-in."""

from django.utils import translation
from django.utils.translation import gettext as _

from tesselle.audience.links import CONFIRM_WITHIN, confirm_url
from tesselle.audience.models import Subscriber
from tesselle.domain.messages import Message
from tesselle.mail.sending import send_by
from tesselle.mail.services import Route


def send_confirmation(subscriber: Subscriber, route: Route) -> Message | None:
    """None when the server took it, else what it said. In the list's language."""
    names = {
        "list": subscriber.mailing_list.name,
        "link": confirm_url(subscriber),
        "days": CONFIRM_WITHIN.days,
    }
    with translation.override(subscriber.mailing_list.language):
        subject = _("Please confirm: %(list)s") % names
        body = (
            _(
                "Hello,\n\nthis address was entered to receive “%(list)s” by e-mail. If it was you, open this page "
                "and press its button:\n\n%(link)s\n\nThe link is good for %(days)s days. If it was not you, do "
                "nothing: you get nothing more from us.\n"
            )
            % names
        )
    return send_by(route, to=subscriber.address, subject=" ".join(subject.split()), body=body)
