"""Has the task of a chapter been done? Looked up in the practice workspaces of the person, from the moment they
opened the chapter on: what was done before proves nothing about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from tesselle.academy.models import ChapterProgress
from tesselle.compose.models import Post
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import plugin
from tesselle.workspaces.models import Workspace
from tesselle.workspaces.selectors import open_memberships

LOOKED_AT = 30
OUT = (DeliveryState.LIVE, DeliveryState.SENT)


@dataclass(frozen=True, slots=True)
class Done:
    """`evidence`: the post that was found, or the workspace it was found in, by name."""

    evidence: str


Looked = Done | Message
"""Done, or what is still missing."""


def practice_places(progress: ChapterProgress) -> list[int]:
    """The practice workspaces where this person is a member."""
    mine = open_memberships(progress.path.person)
    practice = mine.filter(workspace__world_kind=Workspace.WorldKind.PRACTICE)
    return list(practice.values_list("workspace_id", flat=True))


def look_at(progress: ChapterProgress) -> Looked:
    places = practice_places(progress)
    if not places:
        return Message(_NO_PRACTICE)
    return _LOOKS[progress.slug](progress, places)


def found_words(slug: str, evidence: str) -> str:
    """What was found for this chapter, as part of a sentence: the workspace it was done in, or the post it was."""
    if slug in _TOLD:
        return gettext("done in the workspace “%(place)s”") % {"place": evidence}
    return gettext("done with “%(post)s”") % {"post": evidence}


def _posts(progress: ChapterProgress, places: list[int]) -> QuerySet[Post]:
    """What this person saved since: a new post, or a new revision of an older one."""
    saved = Q(current__author=progress.path.person_id, current__created_at__gte=progress.begun_at)
    found = Post.objects.filter(saved, workspace__in=places, deleted_at=None)
    return found.select_related("current").order_by("-pk")


def _composed(progress: ChapterProgress, places: list[int]) -> Looked:
    posts = _posts(progress, places).annotate(
        width=Count("current__variants"),
        tailored=Count("current__variants", filter=Q(current__variants__tailored=True)),
    )
    done = posts.filter(width__gte=2, tailored__gte=1).first()
    if done is not None:
        return Done(_name(done))
    if posts.filter(width__gte=2).exists():
        return Message(_NONE_TAILORED)
    return Message(_ONE_CHANNEL if posts.exists() else _NO_POST)


def _checked(progress: ChapterProgress, places: list[int]) -> Looked:
    posts = list(_posts(progress, places).prefetch_related("current__variants__channel")[:LOOKED_AT])
    described = [post for post in posts if _pictures_are_described(post)]
    done = next((post for post in described if _is_free_of_blocks(post)), None)
    if done is not None:
        return Done(_name(done))
    if described:
        return Message(_BLOCKED)
    return Message(_NO_ALT if posts else _NO_POST)


def _pictures_are_described(post: Post) -> bool:
    assert post.current is not None
    media = post.current.shared_content.media
    return bool(media) and all(one.alt.strip() for one in media)


def _is_free_of_blocks(post: Post) -> bool:
    """As just before planning: every channel's limits, and at least one channel."""
    assert post.current is not None
    variants = list(post.current.variants.all())
    for variant in variants:
        network = plugin(variant.channel.network)
        limits = network.connector.limits(variant.channel.account())
        if not is_plannable(check(variant.content, limits, options=network.card.options)):
            return False
    return bool(variants)


def _planned(progress: ChapterProgress, places: list[int]) -> Looked:
    mine = _deliveries(progress, places).filter(created_at__gte=progress.begun_at)
    for delivery in mine.select_related("workspace")[:LOOKED_AT]:
        if delivery.due_at > delivery.workspace.now() or delivery.state in OUT:
            return Done(_delivery_name(delivery))
    return Message(_PAST if mine.exists() else _NOT_PLANNED)


def _published(progress: ChapterProgress, places: list[int]) -> Looked:
    """Tried since, by the real clock: the practice clock may say any date."""
    mine = _deliveries(progress, places)
    since = mine.filter(attempts__prepared_at__gte=progress.begun_at).distinct()
    done = since.filter(state__in=OUT).first()
    if done is not None:
        return Done(_delivery_name(done))
    return Message(_UNDER_WAY if mine.exclude(state__in=OUT).exists() else _NOTHING_OUT)


def _deliveries(progress: ChapterProgress, places: list[int]) -> QuerySet[Delivery]:
    found = Delivery.objects.filter(
        workspace__in=places, created_by=progress.path.person_id, purpose=Purpose.POST
    )
    return found.select_related("post").order_by("-pk")


def _answered(progress: ChapterProgress, places: list[int]) -> Looked:
    answers = Delivery.objects.filter(
        workspace__in=places,
        created_by=progress.path.person_id,
        purpose=Purpose.ANSWER,
        created_at__gte=progress.begun_at,
    )
    done = answers.select_related("post__current").order_by("-pk").first()
    return Message(_NO_ANSWER) if done is None else Done(_delivery_name(done))


def _told(missing: Mapping[str, str]) -> Callable[[ChapterProgress, list[int]], Looked]:
    """Found in the journal, which everything that changes is written into. `missing`: by verb, what to say where
    it is not there; each of them has to be."""

    def look(progress: ChapterProgress, places: list[int]) -> Looked:
        done = Entry.objects.filter(
            workspace_id__in=places, actor_id=progress.path.person_id, at__gte=progress.begun_at
        )
        found = dict(done.filter(verb__in=missing).order_by("pk").values_list("verb", "workspace_id"))
        lacking = next((words for verb, words in missing.items() if verb not in found), None)
        if lacking is not None:
            return Message(lacking)
        place = Workspace.objects.filter(pk__in=[pk for pk in found.values() if pk is not None]).first()
        return Done(place.name if place is not None else "")

    return look


def _name(post: Post) -> str:
    assert post.current is not None
    text = post.name or post.current.shared_content.title or post.current.shared_content.text
    return text.strip()[:100]


def _delivery_name(delivery: Delivery) -> str:
    return _name(delivery.post) if delivery.post and delivery.post.current else f"{delivery.pk}"


_NO_CHANNEL = N_("You have connected no account in a practice workspace since you opened this chapter.")
_NO_OBJECTIVE = N_("There is no objective of yours yet. Write one on the page “Strategy”, in one sentence.")
_NO_PILLAR = N_("The objective is there. What is missing is a pillar: a subject that comes again and again.")
_NO_PICTURE = N_(
    "You have put no picture into the media of a practice workspace since you opened this chapter."
)
_NOT_DESCRIBED = N_("The picture is there. What is missing is its alternative text: open it and describe it.")
_NOT_ASKED = N_("You have asked nobody for an approval since you opened this chapter.")
_NO_SLOT = N_("You have added no posting time since you opened this chapter.")
_NO_BAD_DAY = N_("No bad day has been ended by you since you opened this chapter. Begin one, then end it.")
_NO_ANSWER = N_(
    "You have answered no comment since you opened this chapter. Let a day or two pass on the practice clock: "
    "comments come after a post has gone out."
)
_NO_RESULT = N_("You have noted no request for a quote since you opened this chapter.")
_NOT_WORKED_OUT = N_(
    "You have had nothing worked out since you opened this chapter. Press the button on the page."
)

_NO_PRACTICE = N_(
    "There is no practice workspace of yours, so there is nowhere to do this without consequences. "
    "Make one, then come back."
)
_NO_POST = N_("You have saved no post since you opened this chapter. Write one and save it.")
_ONE_CHANNEL = N_("Your post goes to one channel or none. Tick at least two, and save it again.")
_NONE_TAILORED = N_(
    "Your post goes to several channels, but all say the same. Tailor the text of one of them."
)
_NO_ALT = N_(
    "Your post has no picture, or a picture without an alternative text. Add both, and save it again."
)
_BLOCKED = N_(
    "Picture and alternative text are there, but at least one channel would still refuse the post, or it has "
    "none. Mend the findings in red, and save it again."
)
_NOT_PLANNED = N_("You have planned nothing since you opened this chapter. Give one of your posts its time.")
_PAST = N_("What you planned lies in the past or was called off. Choose a day to come.")
_UNDER_WAY = N_("A post of yours is planned, but it has not arrived yet. Move the practice clock on.")
_NOTHING_OUT = N_(
    "Nothing of yours has gone out since you opened this chapter. Plan a post, then move the clock."
)

_TOLD: Mapping[str, Callable[[ChapterProgress, list[int]], Looked]] = {
    "connect": _told({"channel.connected": _NO_CHANNEL}),
    "strategy": _told({"objective.added": _NO_OBJECTIVE, "pillar.added": _NO_PILLAR}),
    "media": _told({"asset.added": _NO_PICTURE, "asset.described": _NOT_DESCRIBED}),
    "approval": _told({"review.asked": _NOT_ASKED}),
    "slots": _told({"slots.added": _NO_SLOT}),
    "trouble": _told({"practice.bad_day_ended": _NO_BAD_DAY}),
    "figures": _told({"result.noted": _NO_RESULT}),
    "findings": _told({"learning.asked": _NOT_WORKED_OUT}),
}
_LOOKS: Mapping[str, Callable[[ChapterProgress, list[int]], Looked]] = {
    **_TOLD,
    "compose": _composed,
    "check": _checked,
    "plan": _planned,
    "publish": _published,
    "answer": _answered,
}
