"""From the form to a new revision, unless somebody was faster."""

from django.db import transaction

from tesselle.compose import copies
from tesselle.compose.desk import Desk
from tesselle.compose.higher_acts import before_saving
from tesselle.compose.models import Post
from tesselle.compose.sending import sent_as
from tesselle.compose.services import Wording, save_post
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.workspaces.models import User


class OvertakenError(RuleError):
    """A newer revision is there than the one the form was loaded from; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(_OVERTAKEN)


@transaction.atomic
def save_desk(desk: Desk, *, by: User) -> Post:
    """Keep what stands on the desk.

    Raises:
        OvertakenError: see there.
    """
    post, key = desk.post, sent_as(desk)
    if post is not None:
        post = Post.objects.select_for_update().get(pk=post.pk)
        newest = post.revisions.order_by("-number").values_list("number", flat=True).first() or 0
        if newest != desk.draft.based_on:
            raise OvertakenError
    as_sent, desk = desk, before_saving(desk, by)
    saved = save_post(
        workspace=desk.workspace,
        author=by,
        shared=desk.shared_content(),
        wordings=wordings_of(desk),
        post=post,
        aim=desk.draft.aim,
    )
    if key is not None:
        Post.objects.filter(pk=saved.pk).update(sent_as=key)
    copies.forget(as_sent, by=by)
    return saved


def wordings_of(desk: Desk) -> tuple[Wording, ...]:
    return tuple(
        Wording(
            place.channel,
            desk.content(place.channel.pk) if place.channel.pk in desk.draft.tailored else None,
            desk.content(place.channel.pk).options,
        )
        for place in desk.chosen
    )


_OVERTAKEN = N_(
    "Somebody else saved this post while you were writing. Nothing was overwritten: choose below."
)
