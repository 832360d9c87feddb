"""From the form to a new revision, unless somebody was faster."""

from django.db import transaction

from tesselle.compose import copies
from tesselle.compose.desk import Desk
from tesselle.compose.higher_acts import before_saving
from tesselle.compose.models import Post, Revision
from tesselle.compose.sending import sent_as
from tesselle.compose.services import Wording, body_of, save_post
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.workspaces.models import User


class OvertakenError(RuleError):
    """A newer revision is there than the one the form was loaded from; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(_OVERTAKEN)


@transaction.atomic
def save_desk(desk: Desk, *, by: User) -> Post:
    """Keep what stands on the desk. Sent a second time it is kept already.

    Raises:
        OvertakenError: see there.
    """
    post, key = desk.post, sent_as(desk)
    as_sent, desk = desk, before_saving(desk, by)
    if post is not None:
        post = Post.objects.select_for_update().get(pk=post.pk)
        newest = post.revisions.order_by("-number").first()
        if (newest.number if newest is not None else 0) != desk.draft.based_on:
            if newest is None or not _says_the_same(newest, desk, by):
                raise OvertakenError
            copies.forget(as_sent, by=by)
            return post
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


def _says_the_same(newest: Revision, desk: Desk, by: User) -> bool:
    """Whether this person saved these very words last: a browser without script sends a form twice."""
    shared, post, aim = desk.shared_content(), newest.post, desk.draft.aim
    if newest.author_id != by.pk or newest.shared != shared.to_json():
        return False
    if (post.pillar_id, post.campaign_id, post.objective_id) != (
        aim.pillar or None,
        aim.campaign or None,
        aim.objective or None,
    ):
        return False
    kept = {one.channel_id: (one.body, one.tailored) for one in newest.variants.all()}
    return kept == {
        one.channel.pk: (body_of(one, shared), one.content is not None) for one in wordings_of(desk)
    }


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
