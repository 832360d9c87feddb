"""What the composer and “what needs you” are told about approval."""

from collections.abc import Sequence

from django.db.models import OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.compose.desk import Desk
from tesselle.review.pages import title_of
from tesselle.review.selectors import posts, unhappy
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
    context = {"post": desk.post, "standing": standings([desk.post])[desk.post.pk], "needed": needed}
    return Content("review/composer_panel.html", context)


def tell_changes() -> None:
    """Register how many posts are to be changed."""
    facts.register(
        "review.changes",
        lambda: facts.number(unhappy(OuterRef("pk")), "revision", by="revision__post__workspace"),
    )


def count_changes(request: HttpRequest) -> int:
    return facts.of(request)["review.changes"]


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
