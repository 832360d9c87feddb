"""What the composer and “what needs you” are told about approval."""

from collections.abc import Sequence

from django.db.models import OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.compose.desk import Desk
from tesselle.compose.models import Post
from tesselle.domain.approving import progress
from tesselle.review.commenting import names_here
from tesselle.review.pages import remarks_beside, title_of
from tesselle.review.rule_pages import names_in, rules_in_words, stages_in_words
from tesselle.review.rules import demands_of
from tesselle.review.selectors import posts, unhappy, wanted_of
from tesselle.review.standing import standings
from tesselle.web.needs import Act, Need
from tesselle.web.panels import Content
from tesselle.web.states import look
from tesselle.workspaces import facts
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


def approval_panel(request: HttpRequest, *, desk: Desk) -> Content | None:
    """How the saved post stands; what is still being typed has no standing."""
    member: Member | None = getattr(request, "member", None)
    if member is None or desk.post is None or desk.post.current is None:
        return None
    needed = [
        place.channel.display_name or place.channel.handle
        for place in desk.chosen
        if place.channel.needs_approval
    ]
    standing = standings([desk.post])[desk.post.pk]
    context = {
        "post": desk.post,
        "standing": standing,
        "needed": needed,
        "rules": rules_in_words(standing),
    }
    return Content("review/composer_panel.html", context)


def comments_panel(request: HttpRequest, *, desk: Desk) -> Content | None:
    """What was said about the post, where it is written."""
    member: Member | None = getattr(request, "member", None)
    if member is None or desk.post is None or desk.post.current is None:
        return None
    # The form around it may be drawn anew while a comment is being written.
    begun = {"begun": request.POST.get("text", ""), "begun_passage": request.POST.get("passage", "")}
    return Content("review/composer_comments.html", composer_comments(desk, desk.post, member) | begun)


def composer_comments(desk: Desk, post: Post, member: Member) -> dict[str, object]:
    """Also for the panel alone, after something in it was done."""
    return {
        "post": post,
        "remarks": remarks_beside(desk, post),
        "names": names_here(member),
        "may_write": may(member, Right.WRITE),
    }


def rule_panel(request: HttpRequest, *, channel: Channel) -> Content:
    """On a channel's page: whose yes its posts need."""
    asked = demands_of([channel.pk]).get(channel.pk, ()) if channel.needs_approval else ()
    member: Member | None = getattr(request, "member", None)
    context = {
        "channel": channel,
        "stages": stages_in_words(progress(asked, ()).stages, names_in(asked)),
        "may_manage": member is not None and may(member, Right.MANAGE),
    }
    return Content("review/channel_panel.html", context)


def tell_counts() -> None:
    """Register how many posts are to be changed, and for how many it is this person's turn."""
    facts.register(
        "review.changes",
        lambda: facts.number(unhappy(OuterRef("pk")), "revision", by="revision__post__workspace"),
    )
    facts.register(
        "review.yes",
        lambda: facts.number(
            wanted_of(OuterRef("pk"), facts.SOME_PERSON), "revision", by="revision__post__workspace"
        ),
    )


def count_changes(request: HttpRequest) -> int:
    return facts.of(request)["review.changes"]


def count_yes(request: HttpRequest) -> int:
    return facts.of(request)["review.yes"]


def yes_asked(request: HttpRequest) -> Sequence[Need]:
    """It is this person's turn to say yes."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not count_yes(request):
        return ()
    asked = wanted_of(member.workspace, member.user_id).values("revision")
    seen = look("in_review")
    return [
        Need(
            key=f"yes-{post.pk}",
            tone=seen.tone,
            icon=seen.icon,
            word=seen.word,
            title=title_of(post),
            happened=_("Your approval is asked for."),
            means=_("It does not leave before everybody who is asked has said yes."),
            todo=_("Look at it, then say yes or what is to be changed."),
            url=reverse("review:post", args=[post.pk]),
            acts=(Act(_("Look at it"), reverse("review:post", args=[post.pk]), "eye", "main", "get"),),
        )
        for post in posts(member.workspace).filter(current__in=asked).order_by("-pk")
    ]


def changes_asked(request: HttpRequest) -> Sequence[Need]:
    """Somebody wants something else, and nobody has written it yet."""
    member: Member | None = getattr(request, "member", None)
    if member is None or not count_changes(request):
        return ()
    wanted = unhappy(member.workspace).values("revision")
    found = list(posts(member.workspace).filter(current__in=wanted).order_by("-pk"))
    standing = standings(found)
    seen = look("changes_asked")
    may_write = may(member, Right.WRITE)
    return [
        Need(
            key=f"review-{post.pk}",
            tone=seen.tone,
            icon=seen.icon,
            word=seen.word,
            title=title_of(post),
            happened=f"{said.who}{pgettext('before what somebody said', ':')} {said.comment}",
            means=_("It has no yes as it is."),
            todo=_("Change it, then ask again."),
            url=reverse("review:post", args=[post.pk]),
            acts=(Act(_("Change it"), reverse("compose:edit", args=[post.pk]), "pencil", "plain", "get"),)
            if may_write
            else (),
        )
        for post in found
        for said in standing[post.pk].answers[:1]
    ]
