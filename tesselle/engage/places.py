"""Where people write to us: below one post, or to a whole account. Everything else here is the same for both."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed, discussed_on
from tesselle.domain.lifecycle import DeliveryState
from tesselle.engage.models import Conversation
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import card
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """`delivery`: the post below which comments stand; None for what is of the whole account."""

    channel: Channel
    kind: Discussed
    delivery: Delivery | None = None

    @property
    def workspace(self) -> Workspace:
        return self.channel.workspace

    @property
    def account(self) -> str:
        return self.channel.display_name or self.channel.handle

    @property
    def title(self) -> str:
        if self.delivery is None:
            return self.account
        post = self.delivery.post
        return (post.name if post is not None else "") or pgettext("post", "Untitled")

    @property
    def above(self) -> str:
        """The page on which one comes to it."""
        if self.delivery is None:
            return reverse("channels:detail", args=[self.channel.pk])
        return reverse("publish:delivery", args=[self.delivery.pk])

    def address(self, act: str = "replies") -> str:
        """`act`: replies, answer, aside or erase."""
        if self.delivery is None:
            return reverse(f"engage:account_{act}", args=[self.channel.pk, self.kind.value])
        return reverse(f"engage:{act}", args=[self.delivery.pk])


def kinds_of(channel: Channel) -> tuple[Discussed, ...]:
    return discussed_on(card(channel.network), channel.kind)


def below(delivery: Delivery) -> Place | None:
    """What is read from the page of a post that is out: its comments, or the reviews where there are no
    comments. None: nothing."""
    is_out = delivery.state == DeliveryState.LIVE and bool((delivery.remote or {}).get("id"))
    return _around(delivery) if is_out and delivery.purpose == Purpose.POST else None


def _around(delivery: Delivery) -> Place | None:
    kinds = kinds_of(delivery.channel)
    if Discussed.COMMENTS in kinds:
        return Place(delivery.channel, Discussed.COMMENTS, delivery)
    return Place(delivery.channel, Discussed.REVIEWS) if Discussed.REVIEWS in kinds else None


def of_account(channel: Channel) -> list[Place]:
    return [Place(channel, kind) for kind in kinds_of(channel) if kind is not Discussed.COMMENTS]


def of_answer(answer: Delivery) -> Place | None:
    """Where what it answers was written."""
    if answer.subject is not None:
        return _around(answer.subject)
    kind = (answer.target or {}).get("kind")
    return next((place for place in of_account(answer.channel) if place.kind.value == kind), None)


def place_of(conversation: Conversation) -> Place:
    return Place(conversation.channel, Discussed(conversation.kind), conversation.delivery)


def conversation_at(place: Place) -> Conversation | None:
    return Conversation.objects.filter(
        channel=place.channel, kind=place.kind.value, delivery=place.delivery
    ).first()


def begun(place: Place) -> Conversation:
    """The conversation's row, made if a person was faster than the worker."""
    return Conversation.objects.get_or_create(
        channel=place.channel, kind=place.kind.value, delivery=place.delivery
    )[0]
