"""Reading what was said to us, and answering through the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from tesselle.channels.conversation import ask
from tesselle.connectors.protocols import Api, Connector, Reply
from tesselle.domain.checks import check
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.findings import Severity
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.verdicts import Remote
from tesselle.engage import heeding
from tesselle.engage.asking import written
from tesselle.engage.judging import digest_of
from tesselle.engage.models import Conversation, Heard
from tesselle.engage.places import Place, begun, conversation_at
from tesselle.engage.selectors import states_of
from tesselle.ledger.models import Delivery, Purpose
from tesselle.ledger.services.planning import plan_act
from tesselle.networks import plugin
from tesselle.workspaces.models import User

DEEPEST = 4
"""Answers to answers are moved to the right so many times, no further."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment and how deep it lies in the conversation (0: directly under the post). `state`: see
    `engage.models.Heard`; empty where it never waited for us."""

    reply: Reply
    depth: int
    state: str = ""


def read_replies(place: Place) -> list[Said]:
    """What people say there at this moment, in the order of the conversation, or of a whole account
    with what waits first; without what somebody asked us to erase.

    Raises:
        NetworkError: the network could not be asked.
    """
    post = place.delivery.remote if place.delivery is not None else None

    async def replies(connector: Connector, api: Api) -> tuple[Reply, ...]:
        return await written(connector, place.kind, post, api)

    found = ask(place.channel, replies)
    heeding.seen(place, found)
    digests = {reply.remote.id: digest_of(place.channel.network, reply.remote.id) for reply in found}
    states = states_of(conversation_at(place), digests.values())
    said = {pk: states.get(digest, "") for pk, digest in digests.items()}
    shown = tuple(reply for reply in found if said[reply.remote.id] != Heard.State.ERASED)
    conversation = [replace(one, state=said[one.reply.remote.id]) for one in threaded(shown)]
    return conversation if place.delivery is not None else who_waits_first(conversation)


def who_waits_first(said: Sequence[Said]) -> list[Said]:
    """Of a whole account, which has years behind it: what waits for an answer, then all else, the newest first.
    An exchange stays together, and in its order."""
    exchanges: list[list[Said]] = []
    for one in said:
        if one.depth == 0:
            exchanges.append([])
        exchanges[-1].append(one)

    def urgency(exchange: list[Said]) -> tuple[bool, datetime]:
        waits = any(one.state == Heard.State.OPEN for one in exchange)
        return waits, max(one.reply.posted_at for one in exchange)

    return [one for exchange in sorted(exchanges, key=urgency, reverse=True) for one in exchange]


def threaded(replies: tuple[Reply, ...]) -> list[Said]:
    """Each answer behind what it answers; what answers something unseen lies at the top."""
    known = {reply.remote.id for reply in replies}
    below: dict[str, list[Reply]] = {}
    for reply in sorted(replies, key=lambda one: one.posted_at):
        below.setdefault(reply.parent_id if reply.parent_id in known else "", []).append(reply)
    said: list[Said] = []
    waiting = [(reply, 0) for reply in reversed(below.get("", []))]
    while waiting:
        reply, depth = waiting.pop()
        said.append(Said(reply, min(depth, DEEPEST)))
        waiting.extend((answer, depth + 1) for answer in reversed(below.get(reply.remote.id, [])))
    return said


@transaction.atomic
def answer(
    place: Place, *, to: Remote, text: str, by: User | None, said_at: datetime | None = None
) -> Delivery:
    """An answer goes out like everything else: once, through the ledger. `said_at`: when the comment was
    written, for how long an answer took.

    Raises:
        RuleError: the network would refuse it; `findings` say why.
    """
    channel, post = place.channel, place.delivery
    content = Content(text=text, language=post.content.language if post is not None else "")
    limits = plugin(channel.network).connector.limits(channel.account()).of_an_answer()
    errors = tuple(one for one in check(content, limits) if one.severity is Severity.ERROR)
    if errors:
        raise RuleError(errors[0].message, errors)
    heeding.answered(place, to.id)
    if (earlier := _said_before(place, to, content)) is not None:
        return earlier
    heeding.looks_again(place)
    return plan_act(
        channel=channel,
        subject=post,
        purpose=Purpose.ANSWER,
        target=to.to_json()
        | ({"said_at": said_at.isoformat()} if said_at else {})
        | ({"kind": place.kind.value} if post is None else {}),
        content=content,
        now=place.workspace.now(),
        by=by,
    )


_OFF = (DeliveryState.CANCELLED, DeliveryState.REFUSED, DeliveryState.REMOVED)


def _said_before(place: Place, to: Remote, content: Content) -> Delivery | None:
    """The same words to the same comment: a form that was sent twice. Whoever sends it meanwhile waits."""
    Conversation.objects.select_for_update().get(pk=begun(place).pk)
    answers = Delivery.objects.filter(
        channel=place.channel, purpose=Purpose.ANSWER, target__id=to.id, body=content.to_json()
    )
    return answers.exclude(state__in=_OFF).first()
