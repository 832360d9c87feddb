"""Links that ask for approval. The token itself is kept nowhere."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.review.models import AskedPost, ReviewLink
from tesselle.web.kept_query import SOME_IDS, SOME_TIME, KeptQuery
from tesselle.workspaces.models import User, Workspace

DAYS = (3, 7, 14, 30)
MOST_POSTS = 60


@transaction.atomic
def make_link(
    workspace: Workspace, posts: Sequence[Post], *, name: str, days: int, by: User
) -> tuple[ReviewLink, str]:
    """The link and its token, which is shown once.

    Raises:
        RuleError: there is nothing to ask about, or too much for one page on a telephone.
    """
    if not posts:
        raise RuleError(_NOTHING)
    if len(posts) > MOST_POSTS:
        raise RuleError(_TOO_MANY)
    token = secrets.token_urlsafe(32)
    link = ReviewLink.objects.create(
        workspace=workspace,
        name=name,
        digest=_digest(token),
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    AskedPost.objects.bulk_create(AskedPost(link=link, post=post) for post in posts)
    _tell(link, "review.asked", by, count=len(posts))
    return link, token


@transaction.atomic
def withdraw_link(link: ReviewLink, *, by: User) -> None:
    if ReviewLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        _tell(link, "review.link_withdrawn", by)


def find(token: str) -> ReviewLink | None:
    """The link of this token while it may be used; None for every other token."""
    return open_links().filter(digest=_digest(token)).select_related("workspace").first() if token else None


def open_links() -> QuerySet[ReviewLink]:
    return _open_at(timezone.now())


def _open_at(now: datetime) -> QuerySet[ReviewLink]:
    return ReviewLink.objects.filter(withdrawn_at=None, expires_at__gt=now, workspace__deleted_at=None)


def posts_of(link: ReviewLink) -> list[Post]:
    """Those that are still there, the next to go out first as they were asked."""
    asked = Post.objects.filter(asked__link=link, deleted_at=None, current__isnull=False)
    return list(asked.select_related("current", "workspace").order_by("asked__pk"))


def asked_now(posts: Iterable[Post]) -> set[int]:
    """Ids of those that an open link asks about."""
    ids = [post.pk for post in posts]
    return {pk for (pk,) in _asked.rows({SOME_IDS: ids, SOME_TIME: timezone.now()})}


_asked = KeptQuery(
    lambda: AskedPost.objects.filter(post__any_of=SOME_IDS, link__in=_open_at(SOME_TIME)).values_list(
        "post_id"
    )
)


def _digest(token: str) -> str:
    # Drawn at random, 256 bits: a plain hash is enough.
    return hashlib.sha256(token.encode()).hexdigest()


def _tell(link: ReviewLink, verb: str, by: User, **params: object) -> None:
    record(
        verb,
        workspace_id=link.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="review_link",
        subject_id=link.pk,
        name=link.name,
        **params,
    )


_NOTHING = N_("There is nothing to show in that week. Plan posts first, or choose another week.")
_TOO_MANY = N_("That is more than sixty posts, too much for one link. Choose fewer days.")
