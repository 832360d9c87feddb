"""Who is told that somebody waits for an answer: once for each comment, several of one post together."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from tesselle.domain.messages import N_, Message
from tesselle.engage.heeding import key_of, settled
from tesselle.engage.models import Conversation, Heard
from tesselle.engage.selectors import reachable, spoken_under
from tesselle.notify.models import Kind
from tesselle.notify.services import tell
from tesselle.workspaces.access import Right, grants
from tesselle.workspaces.models import Member, Role

ONE = N_("Somebody wrote below “%(post)s” on %(channel)s and waits for an answer.")
SEVERAL = N_("%(counted)s comments below “%(post)s” on %(channel)s wait for an answer.")
REVIEW = N_("Somebody wrote a review on %(channel)s and waits for an answer.")
REVIEWS = N_("%(counted)s reviews on %(channel)s wait for an answer.")


def tell_comments() -> int:
    """Returns how many notices there are more. What waits no longer is taken back."""
    untold = Heard.objects.filter(conversation=OuterRef("pk"), state=Heard.State.OPEN, told_at=None)
    live = Conversation.objects.filter(channel__workspace__deleted_at=None)
    told = sum(_tell(pk) for pk in live.filter(Exists(untold)).values_list("pk", flat=True))
    opened = Heard.objects.filter(conversation=OuterRef("pk"), state=Heard.State.OPEN)
    over = Conversation.objects.filter(~Exists(opened), notified=True)
    for conversation in over.select_related("channel__workspace"):
        settled(conversation)
    return told


@transaction.atomic
def _tell(pk: int) -> int:
    """Notices, letters and the mark in one transaction: whoever dies before it ends has told nobody."""
    conversation = (
        Conversation.objects.filter(pk=pk)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("channel__workspace", "delivery__post")
        .first()
    )
    if conversation is None:
        return 0
    rows = Heard.objects.filter(conversation=conversation, state=Heard.State.OPEN, told_at=None)
    ids = list(rows.values_list("pk", flat=True))
    fresh = Heard.objects.filter(reachable(), pk__in=ids).count()
    Heard.objects.filter(pk__in=ids).update(told_at=timezone.now())
    under = spoken_under(conversation)
    if not fresh or under is None:
        return 0
    Conversation.objects.filter(pk=pk).update(notified=True)
    return tell(
        conversation.channel.workspace,
        _whom(conversation),
        Kind.REPLY,
        _words(conversation, fresh),
        url=reverse("engage:replies", args=[under.pk]),
        key=f"{key_of(pk)}{max(ids)}",
    )


def _words(conversation: Conversation, count: int) -> Message:
    channel = conversation.channel.display_name or conversation.channel.handle
    params: dict[str, str | int] = {"channel": channel}
    if count > 1:
        params["counted"] = count
    if conversation.delivery is None:
        return Message(REVIEWS if count > 1 else REVIEW, params)
    post = conversation.delivery.post
    params["post"] = (post.name[:80] if post is not None else "") or "…"
    return Message(SEVERAL if count > 1 else ONE, params)


def _whom(conversation: Conversation) -> set[int]:
    """Whoever planned the post, if they may answer, and who looks after everything."""
    made_by = conversation.delivery.created_by_id if conversation.delivery is not None else None
    return {
        member.user_id
        for member in Member.objects.filter(workspace=conversation.channel.workspace_id)
        if member.role in (Role.OWNER, Role.MANAGER)
        or (member.user_id == made_by and Right.ANSWER in grants(member.role))
    }
