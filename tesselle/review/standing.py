"""How a post stands with those who have to say yes: draft, in review, changes asked, approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Revision, Variant
from tesselle.review.links import asked_now
from tesselle.review.models import Answer, Asking
from tesselle.review.rules import Rule, demands_of, grouped, voices_of


@dataclass(frozen=True, slots=True)
class Standing:
    """`state`: a key of `web.states.POST_STATES`. `answers`: of the words as they are now, the newest first.

    `was_approved`: an earlier form had its yes, this one has not: it was edited afterwards. `rules`: of the
    channels that ask for a yes, each with how far it is.
    """

    state: str
    answers: tuple[Answer, ...]
    was_approved: bool
    rules: tuple[Rule, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Nothing more is asked of whoever holds a link."""
        return self.state in ("approved", "changes_asked")

    @property
    def is_approved(self) -> bool:
        return self.state == "approved"


def standings(posts: Iterable[Post]) -> Mapping[int, Standing]:
    """By post id, in six questions whatever their number. `current` has to be there with them."""
    shown = list(posts)
    asked = asked_now(shown)
    current = {post.current_id: post.pk for post in shown if post.current_id}
    asked |= {
        current[pk]
        for pk in Asking.objects.filter(revision__in=list(current)).values_list("revision", flat=True)
    }
    answers: dict[int, list[Answer]] = {}
    for said in Answer.objects.filter(revision__in=list(current)).order_by("-pk"):
        answers.setdefault(current[said.revision_id], []).append(said)
    earlier = Revision.objects.filter(post__in=[post.pk for post in shown], approved_at__isnull=False)
    approved_once = set(earlier.values_list("post_id", flat=True))
    rules = _rules(current, answers)
    return {
        post.pk: _standing(
            post,
            answers.get(post.pk, []),
            post.pk in asked,
            post.pk in approved_once,
            tuple(rules.get(post.pk, ())),
        )
        for post in shown
    }


def _rules(current: Mapping[int, int], answers: Mapping[int, list[Answer]]) -> Mapping[int, list[Rule]]:
    channels: dict[int, list[Channel]] = {}
    variants = Variant.objects.filter(revision__in=list(current), channel__needs_approval=True)
    for variant in variants.select_related("channel").order_by("channel"):
        channels.setdefault(current[variant.revision_id], []).append(variant.channel)
    asked = demands_of({channel.pk for those in channels.values() for channel in those})
    return {pk: grouped(those, asked, voices_of(answers.get(pk, ()))) for pk, those in channels.items()}


def _standing(
    post: Post, answers: list[Answer], is_asked: bool, once: bool, rules: tuple[Rule, ...]
) -> Standing:
    if post.current is not None and post.current.approved_at is not None:
        state = "approved"
    elif answers and answers[0].verdict == Answer.Verdict.CHANGE:
        state = "changes_asked"
    else:
        state = "in_review" if is_asked or answers else "draft"
    return Standing(state, tuple(answers), once and state != "approved", rules)
