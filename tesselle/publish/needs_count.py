"""How many things wait for a person: deliveries, channels and the installation, as facts of every page."""

from datetime import datetime

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, When
from django.http import HttpRequest

from tesselle.channels.models import Channel
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.verdicts import BlockReason
from tesselle.ledger.models import Delivery, Installation
from tesselle.plan.selectors import needing_a_person, news_since
from tesselle.publish.words import CONSENT
from tesselle.web.kept_query import SOME_TIME
from tesselle.workspaces import facts


def of_their_own(since: datetime | None = None) -> Q:
    """What waits for its channel is told with the channel."""
    return needing_a_person(since) & ~Q(state=DeliveryState.BLOCKED, channel__blocked_reason__gt="")


def _card() -> Case:
    """What stands on one card is one thing: a post that lacks a consent, or a yes, on however many channels."""
    lacks_consent = Q(state=DeliveryState.REFUSED, reason__startswith=CONSENT, post__isnull=False)
    awaits_yes = Q(state=DeliveryState.BLOCKED, reason=BlockReason.APPROVAL, post__isnull=False)
    return Case(
        When(lacks_consent, then=-2 * F("post_id")),
        When(awaits_yes, then=-2 * F("post_id") - 1),
        default=F("pk"),
        output_field=BigIntegerField(),
    )


def tell() -> None:
    """Register what is counted."""
    waiting = Delivery.objects.filter(of_their_own(SOME_TIME), workspace=OuterRef("pk")).annotate(
        card=_card()
    )
    stopped = Channel.objects.filter(workspace=OuterRef("pk"), removed_at=None, blocked_reason__gt="")
    held = Installation.objects.filter(id=1, held=True)
    facts.register(
        "publish.waiting", lambda: facts.number(waiting, "card"), stand_ins={SOME_TIME: lambda: news_since()}
    )
    facts.register("publish.stopped", lambda: facts.number(stopped))
    facts.register("publish.held", lambda: Exists(held))


def count_all(request: HttpRequest) -> int:
    told = facts.of(request)
    return told["publish.waiting"] + told["publish.stopped"] + told["publish.held"]
