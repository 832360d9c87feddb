"""How a post stands with those who have to say yes: draft, in review, changes asked, approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Revision, Variant
from tesselle.review.links import asked_now
from tesselle.review.models import Answer, Asking
from tesselle.review.rules import Rule, demands_of, grouped, voices_of
from tesselle.web.kept_query import SOME_IDS, KeptQuery


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
    if not shown:
        return {}
    asked = asked_now(shown)
    current = {post.current_id: post.pk for post in shown if post.current_id}
    revisions = {SOME_IDS: list(current)}
    asked |= {current[pk] for (pk,) in _askings.rows(revisions)}
    answers: dict[int, list[Answer]] = {}
    for said in _answers.records(revisions):
        answers.setdefault(current[said.revision_id], []).append(said)
    approved_once = {pk for (pk,) in _approved.rows({SOME_IDS: [post.pk for post in shown]})}
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


_askings = KeptQuery(lambda: Asking.objects.filter(revision__any_of=SOME_IDS).values_list("revision_id"))
_answers = KeptQuery(lambda: Answer.objects.filter(revision__any_of=SOME_IDS).order_by("-pk"))
_approved = KeptQuery(
    lambda: Revision.objects.filter(post__any_of=SOME_IDS, approved_at__isnull=False).values_list("post_id")
)
_with_a_rule = KeptQuery(
    lambda: (
        Variant.objects.filter(revision__any_of=SOME_IDS, channel__needs_approval=True)
        .select_related("channel")
        .order_by("channel")
    )
)


def _rules(current: Mapping[int, int], answers: Mapping[int, list[Answer]]) -> Mapping[int, list[Rule]]:
    channels: dict[int, list[Channel]] = {}
    for variant in _with_a_rule.records({SOME_IDS: list(current)}):
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
