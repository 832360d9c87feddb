"""A comment is answered, put aside, taken up again: what was heard of it follows."""

from collections.abc import Collection, Sequence

from django.db import connection, transaction

from tesselle.connectors.protocols import Reply
from tesselle.engage.judging import digest_of, waiting
from tesselle.engage.models import Conversation, Heard
from tesselle.engage.noticing import again_after
from tesselle.engage.places import Place, begun, conversation_at
from tesselle.engage.selectors import open_in
from tesselle.journal.services import record
from tesselle.notify.services import take_back
from tesselle.web.live.hub import CHANNEL
from tesselle.workspaces.models import User


def key_of(conversation_id: int) -> str:
    """What the notices about it begin with."""
    return f"replies:{conversation_id}:"


def key_of_all(workspace_id: int) -> str:
    """And the notices about many at once."""
    return f"replies-all:{workspace_id}:"


@transaction.atomic
def answered(place: Place, remote_id: str) -> None:
    """It leaves what needs somebody at once; should the answer be refused, the next reading brings it back."""
    conversation = conversation_at(place)
    if conversation is not None:
        digest = digest_of(place.channel.network, remote_id)
        Heard.objects.filter(conversation=conversation, digest=digest, state=Heard.State.OPEN).update(
            state=Heard.State.ANSWERED
        )
        settled(conversation)


def looks_again(place: Place) -> None:
    """Whoever was answered may say something to it, which many networks do not count."""
    again = place.workspace.now() + again_after(place.channel.network)
    Conversation.objects.filter(pk=begun(place).pk, next_at=None).update(next_at=again)


@transaction.atomic
def put_aside(place: Place, reply: Reply | None, *, by: User) -> list[int]:
    """One comment, or (None) all that wait there: they need no answer. Which rows, for the undo."""
    conversation = begun(place)
    if reply is not None:
        digest = digest_of(place.channel.network, reply.remote.id)
        Heard.objects.get_or_create(
            conversation=conversation, digest=digest, defaults={"posted_at": reply.posted_at}
        )
        rows = conversation.heard.filter(digest=digest).exclude(state=Heard.State.ERASED)
    else:
        rows = conversation.heard.filter(state=Heard.State.OPEN)
    ids = list(rows.values_list("pk", flat=True))
    Heard.objects.filter(pk__in=ids).update(state=Heard.State.ASIDE)
    if ids:
        _tell("comment.put_aside", place, by, count=len(ids))
    settled(conversation)
    return ids


@transaction.atomic
def take_up_again(place: Place, rows: Collection[int], *, by: User) -> int:
    """The undo. Nobody is told of them a second time."""
    conversation = begun(place)
    aside = conversation.heard.filter(pk__in=rows, state=Heard.State.ASIDE)
    count = aside.update(state=Heard.State.OPEN)
    if count:
        _tell("comment.taken_up", place, by, count=count)
        settled(conversation)
    return count


def seen(place: Place, replies: Sequence[Reply]) -> None:
    """Somebody reads the conversation just now: what was answered on the network waits no more."""
    conversation = conversation_at(place)
    if conversation is None:
        return
    waits = {digest_of(place.channel.network, one.remote.id) for one in waiting(replies, ())}
    done = conversation.heard.filter(state=Heard.State.OPEN).exclude(digest__in=waits)
    if done.update(state=Heard.State.ANSWERED):
        settled(conversation)


def settled(conversation: Conversation) -> None:
    """Pages are told; when nothing waits any more, neither do the notices."""
    if not conversation.heard.filter(state=Heard.State.OPEN).exists():
        workspace = conversation.channel.workspace
        take_back(workspace, key_of(conversation.pk))
        Conversation.objects.filter(pk=conversation.pk).update(notified=False)
        if not open_in(workspace).exists():
            take_back(workspace, key_of_all(workspace.pk))
    with connection.cursor() as cursor:
        told = f"{conversation.channel.workspace_id} comment {conversation.pk}"
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, told])


def _tell(verb: str, place: Place, by: User, **params: int) -> None:
    record(
        verb,
        workspace_id=place.channel.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="channel" if place.delivery is None else "delivery",
        subject_id=(place.delivery or place.channel).pk,
        **params,
    )
