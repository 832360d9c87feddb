"""Who is told what of approval: whose turn it is, what came of it, who was called, what was said outside."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from tesselle.compose.models import Post, Revision
from tesselle.domain.messages import N_, Message
from tesselle.notify.models import Kind
from tesselle.notify.services import tell
from tesselle.review.models import Answer, Comment
from tesselle.review.signals import answered, commented, yes_wanted

ASKED = N_("Your approval is asked for: “%(post)s”")
APPROVED = N_("%(who)s approved “%(post)s”")
CHANGES = N_("%(who)s asks for changes to “%(post)s”: %(text)s")
CALLED = N_("%(who)s calls you about “%(post)s”: %(text)s")
OUTSIDE = N_("%(who)s comments “%(post)s” and waits for an answer: %(text)s")


def listen() -> None:
    yes_wanted.connect(_wanted, dispatch_uid="review.tell.wanted")
    answered.connect(_answered, dispatch_uid="review.tell.answered")
    commented.connect(_commented, dispatch_uid="review.tell.commented")


def _wanted(*, revision: Revision, user_ids: Collection[int], **_: Any) -> None:
    _tell(revision.post, user_ids, Kind.APPROVAL, ASKED, key=f"wanted:{revision.pk}")


def _answered(*, answer: Answer, **_: Any) -> None:
    post = answer.revision.post
    sentence = CHANGES if answer.verdict == Answer.Verdict.CHANGE else APPROVED
    whom = _responsible(post) - {answer.by_id or 0}
    _tell(post, whom, Kind.ANSWERED, sentence, key=f"answer:{answer.pk}", who=answer.who, text=answer.comment)


def _commented(*, comment: Comment, mentioned: Collection[int], **_: Any) -> None:
    post, called = comment.post, set(mentioned) - {comment.by_id or 0}
    said = {"who": comment.who, "text": comment.text}
    _tell(post, called, Kind.MENTION, CALLED, key=f"called:{comment.pk}", **said)
    if comment.link_id:
        asker = comment.link.made_by_id if comment.link else None
        whom = _responsible(post) | ({asker} if asker else set())
        _tell(post, whom, Kind.COMMENT, OUTSIDE, key=f"outside:{comment.pk}", **said)


def _responsible(post: Post) -> set[int]:
    """Who began it, and who wrote it as it stands."""
    author = post.current.author_id if post.current else None
    return {user for user in (post.created_by_id, author) if user}


def _tell(post: Post, whom: Collection[int], kind: str, sentence: str, *, key: str, **said: str) -> None:
    if not whom:
        return
    params = {"post": (post.name or "…")[:80], **{name: text[:200] for name, text in said.items()}}
    used = {name: text for name, text in params.items() if f"%({name})s" in sentence}
    url = reverse("review:post", args=[post.pk])
    tell(post.workspace, whom, kind, Message(sentence, used), url=url, key=key)
