"""Who is told that somebody waits for an answer: once for each comment, several of one place together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.urls import reverse
from django.utils import timezone

from tesselle.domain.messages import N_, Message
from tesselle.engage.heeding import key_of, key_of_all, settled
from tesselle.engage.models import Conversation, Heard
from tesselle.engage.places import Place, place_of
from tesselle.engage.selectors import reachable
from tesselle.engage.words import WORDS
from tesselle.notify.models import Kind
from tesselle.notify.services import tell
from tesselle.workspaces.access import Right, grants
from tesselle.workspaces.models import Member, Role

EVERYWHERE = N_("%(counted)s comments or messages at %(places)s places wait for an answer.")

SEPARATELY = 3
"""So many places at once are told one by one, more in one notice."""


def tell_comments() -> int:
    """Returns how many notices there are more. What waits no longer is taken back."""
    untold = Heard.objects.filter(conversation=OuterRef("pk"), state=Heard.State.OPEN, told_at=None)
    fresh = Conversation.objects.filter(Exists(untold), channel__workspace__deleted_at=None)
    by_workspace: dict[int, list[int]] = {}
    for pk, workspace in fresh.order_by("pk").values_list("pk", "channel__workspace"):
        by_workspace.setdefault(workspace, []).append(pk)
    told = sum(_tell(ids) for ids in by_workspace.values())
    opened = Heard.objects.filter(conversation=OuterRef("pk"), state=Heard.State.OPEN)
    over = Conversation.objects.filter(~Exists(opened), notified=True)
    for conversation in over.select_related("channel__workspace"):
        settled(conversation)
    return told


@transaction.atomic
def _tell(ids: Sequence[int]) -> int:
    """Of one workspace. Notices, letters and the mark in one transaction: whoever dies before it ends has
    told nobody."""
    conversations = (
        Conversation.objects.filter(pk__in=ids)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("channel__workspace", "delivery__post")
    )
    found = _news(list(conversations.order_by("pk")))
    Conversation.objects.filter(pk__in=[one.conversation.pk for one in found]).update(notified=True)
    return _tell_together(found) if len(found) > SEPARATELY else sum(map(_tell_one, found))


@dataclass(frozen=True, slots=True)
class _News:
    conversation: Conversation
    count: int
    newest: int


def _news(conversations: Sequence[Conversation]) -> list[_News]:
    """What nobody was told of yet; marked as told."""
    rows = Heard.objects.filter(conversation__in=conversations, state=Heard.State.OPEN, told_at=None)
    is_reachable = ExpressionWrapper(reachable(), output_field=BooleanField())
    found = list(rows.annotate(is_reachable=is_reachable).values_list("conversation", "pk", "is_reachable"))
    Heard.objects.filter(pk__in=[pk for _, pk, _ in found]).update(told_at=timezone.now())
    newest: dict[int, int] = {}
    for conversation, pk, _ in found:
        newest[conversation] = max(pk, newest.get(conversation, 0))
    fresh = Counter(conversation for conversation, _, can_be_reached in found if can_be_reached)
    return [_News(one, fresh[one.pk], newest[one.pk]) for one in conversations if fresh[one.pk]]


def _tell_one(news: _News) -> int:
    return tell(
        news.conversation.channel.workspace,
        _whom([news.conversation]),
        Kind.REPLY,
        _words(place_of(news.conversation), news.count),
        url=place_of(news.conversation).address(),
        key=f"{key_of(news.conversation.pk)}{news.newest}",
    )


def _tell_together(found: Sequence[_News]) -> int:
    """After a holiday, or on the first reading: one notice says more than fifty."""
    workspace = found[0].conversation.channel.workspace
    return tell(
        workspace,
        _whom([one.conversation for one in found]),
        Kind.REPLY,
        Message(EVERYWHERE, {"counted": sum(one.count for one in found), "places": len(found)}),
        url=reverse("publish:needs"),
        key=f"{key_of_all(workspace.pk)}{max(one.newest for one in found)}",
    )


def _words(place: Place, count: int) -> Message:
    params: dict[str, str | int] = {"channel": place.account}
    if count > 1:
        params["counted"] = count
    if place.delivery is not None:
        post = place.delivery.post
        params["post"] = (post.name[:80] if post is not None else "") or "…"
    words = WORDS[place.kind]
    return Message(words.several if count > 1 else words.one, params)


def _whom(conversations: Sequence[Conversation]) -> set[int]:
    """Whoever planned a post, if they may answer, and who looks after everything."""
    made_by = {one.delivery.created_by_id for one in conversations if one.delivery is not None}
    return {
        member.user_id
        for member in Member.objects.filter(workspace=conversations[0].channel.workspace_id)
        if member.role in (Role.OWNER, Role.MANAGER)
        or (member.user_id in made_by and Right.ANSWER in grants(member.role))
    }
