"""Writing posts: each change makes a new revision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from tesselle.channels.models import Channel
from tesselle.compose.finishing import for_channel
from tesselle.compose.models import Post, Revision, Variant
from tesselle.compose.signals import revision_made
from tesselle.domain.content import Content
from tesselle.domain.text.opening import first_words
from tesselle.journal.services import record
from tesselle.strategy.aim import Aim
from tesselle.workspaces.models import User, Workspace


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written for one channel. `content` None: the shared words, as they are."""

    channel: Channel
    content: Content | None = None
    options: Mapping[str, str] | None = None

    def resolved(self, shared: Content) -> Content:
        content = shared if self.content is None else self.content
        return content if self.options is None else replace(content, options=dict(self.options))


def body_of(wording: Wording, shared: Content) -> dict[str, Any]:
    """What its variant keeps."""
    return for_channel(wording.resolved(shared), wording.channel).to_json()


@transaction.atomic
def save_post(
    *,
    workspace: Workspace,
    author: User | None,
    shared: Content,
    wordings: tuple[Wording, ...],
    post: Post | None = None,
    name: str = "",
    aim: Aim | None = None,
) -> Post:
    """Make a post or a new revision of one. Deliveries that are only planned follow the new
    revision (whoever keeps them listens to `revision_made`). `aim` None: it stays as it is."""
    if post is None:
        post = Post.objects.create(workspace=workspace, created_by=author)
        number = 1
    else:
        post = Post.objects.select_for_update().get(pk=post.pk)
        number = (post.revisions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    revision = Revision.objects.create(post=post, number=number, shared=shared.to_json(), author=author)
    Variant.objects.bulk_create(
        Variant(
            revision=revision,
            channel=wording.channel,
            body=body_of(wording, shared),
            tailored=wording.content is not None,
        )
        for wording in wordings
    )
    post.current = revision
    post.name = name or name_from(shared.title or shared.text)
    if aim is not None:
        post.pillar_id, post.campaign_id = aim.pillar or None, aim.campaign or None
        post.objective_id = aim.objective or None
    post.save(update_fields=["current", "name", "pillar", "campaign", "objective"])
    revision_made.send(sender=Post, revision=revision)
    record(
        "post.saved",
        workspace_id=workspace.pk,
        actor_id=author.pk if author else None,
        actor_name=str(author) if author else "",
        subject_kind="post",
        subject_id=post.pk,
        revision=number,
    )
    return post


def name_from(text: str) -> str:
    """What a post is called by its people: the first line, up to 80 characters."""
    return first_words(text)
