"""How a post stands with those who have to say yes: draft, in review, changes asked, approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tesselle.compose.models import Post, Revision
from tesselle.review.links import asked_now
from tesselle.review.models import Answer


@dataclass(frozen=True, slots=True)
class Standing:
    """`state`: a key of `web.states.POST_STATES`. `answers`: of the words as they are now, the newest first.

    `was_approved`: an earlier form had its yes, this one has not: it was edited afterwards.
    """

    state: str
    answers: tuple[Answer, ...]
    was_approved: bool

    @property
    def is_answered(self) -> bool:
        """Nothing more is asked of whoever holds a link."""
        return self.state in ("approved", "changes_asked")

    @property
    def is_approved(self) -> bool:
        return self.state == "approved"


def standings(posts: Iterable[Post]) -> Mapping[int, Standing]:
    """By post id, in three questions whatever their number. `current` has to be there with them."""
    shown = list(posts)
    asked = asked_now(shown)
    current = {post.current_id: post.pk for post in shown if post.current_id}
    answers: dict[int, list[Answer]] = {}
    for said in Answer.objects.filter(revision__in=list(current)).order_by("-pk"):
        answers.setdefault(current[said.revision_id], []).append(said)
    earlier = Revision.objects.filter(post__in=[post.pk for post in shown], approved_at__isnull=False)
    approved_once = set(earlier.values_list("post_id", flat=True))
    return {
        post.pk: _standing(post, answers.get(post.pk, []), post.pk in asked, post.pk in approved_once)
        for post in shown
    }


def _standing(post: Post, answers: list[Answer], is_asked: bool, once: bool) -> Standing:
    if post.current is not None and post.current.approved_at is not None:
        state = "approved"
    elif answers and answers[0].verdict == Answer.Verdict.CHANGE:
        state = "changes_asked"
    else:
        state = "in_review" if is_asked else "draft"
    return Standing(state, tuple(answers), once and state != "approved")
