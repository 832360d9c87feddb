"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.compose.models import Idea, Post
from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs

VERBS = {
    "post.aimed": N_("Changed what the post is for"),
    "post.brought_back": N_("Brought back the post “%(name)s”"),
    "post.deleted": N_("Deleted the post “%(name)s”"),
    "post.restored": N_("Went back to revision %(revision)s"),
    "snippet.removed": N_("Removed the snippet %(name)s"),
    "snippet.restored": N_("Brought the snippet %(name)s back"),
    "snippet.saved": N_("Saved the snippet %(name)s"),
    "post.saved": N_("Saved the post, revision %(revision)s"),
    "idea.added": N_("Put an idea into the box"),
    "idea.taken_up": N_("Made a draft of an idea"),
    "idea.put_away": N_("Put an idea away"),
    "idea.brought_back": N_("Brought an idea back"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("post", N_("Post"), "compose:edit", _names))
    tell_subject(Subject("idea", N_("Idea in the box"), "", _ideas))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Post.objects.filter(pk__in=ids, deleted_at=None)}


def _ideas(ids: Collection[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Idea.objects.filter(pk__in=ids)}
