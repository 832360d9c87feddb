"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs
from tesselle.review.models import ReviewLink

VERBS = {
    "review.asked": N_("Asked %(name)s by link to approve posts: %(count)s"),
    "review.link_withdrawn": N_("Withdrew the approval link of %(name)s"),
    "review.members_asked": N_("Asked the members to approve the post"),
    "review.rule_changed": N_("Changed whose yes posts on %(handle)s need"),
    "review.commented": N_("Wrote a comment about the post"),
    "review.comment_resolved": N_("Marked a comment as dealt with"),
    "review.comment_reopened": N_("Took a comment up again"),
    "review.approved": N_("Approved the post"),
    "review.changes_asked": N_("Asked for changes to the post"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("review_link", N_("Approval link"), "", _names))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(ReviewLink.objects.filter(pk__in=ids).values_list("pk", "name"))
