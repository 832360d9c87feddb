"""A post that comes again: each coming is a post of its own, planned at its local hour.

They are made at once and stand in the calendar, where each can be changed, moved or called off by itself.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tesselle.compose.models import Post
from tesselle.compose.services import Wording, save_post
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import User

AT_MOST = 52


@transaction.atomic
def repeat(post: Post, times: Sequence[datetime], *, by: User) -> list[Delivery]:
    """A copy of the post as it was last saved, for each local time; all of them or none.

    Raises:
        RuleError: no channel, a time in the past, or what a network would refuse.
    """
    if post.current is None:
        raise RuleError(_NO_CHANNEL)
    variants = list(post.current.variants.filter(channel__removed_at=None).select_related("channel"))
    if not variants:
        raise RuleError(_NO_CHANNEL)
    wordings = tuple(
        Wording(one.channel, one.content if one.tailored else None, one.content.options) for one in variants
    )
    made: list[Delivery] = []
    for local in times[:AT_MOST]:
        copy = save_post(
            workspace=post.workspace,
            author=by,
            shared=post.current.shared_content,
            wordings=wordings,
            name=post.name,
            aim=post.aim,
        )
        slot = Slot(local, post.workspace.zone)
        made += plan_post(post=copy, slots={one.channel_id: slot for one in variants}, by=by)
    return made


_NO_CHANNEL = N_("No channel is chosen on this post. Open it, choose one, then repeat it.")
