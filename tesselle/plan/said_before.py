"""« You said nearly this on 3 May »: told beside the text, never in the way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tesselle.compose.composing import desk_of
from tesselle.compose.desk import Desk
from tesselle.compose.models import Variant
from tesselle.domain.text.nearness import nearness, pairs_of
from tesselle.ledger.models import Purpose
from tesselle.plan.calendar.outings import GROUPS
from tesselle.plan.standing import own_post
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, SOME_TIME, KeptQuery
from tesselle.web.light_rows import Micros, instant
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, member_of

NEAR, SHOWN = 0.6, 2
BACK, MOST = timedelta(days=400), 600
_STANDING = [state.value for name in ("planned", "under_way", "out") for state in GROUPS[name]]


@dataclass(frozen=True, slots=True)
class Said:
    """`url`: the delivery it went out by, or is to."""

    at: datetime
    title: str
    url: str


def said_before(desk: Desk, own: int = 0) -> list[Said]:
    """The nearest of what went out or is planned, each post once, the latest first."""
    texts = {desk.draft.words(place.channel.pk).text for place in desk.chosen} | {desk.draft.shared.text}
    written = [pairs for text in texts if (pairs := pairs_of(text))]
    if not written:
        return []
    found: dict[int, Said] = {}
    for post, pk, at, name, text in _rows(desk, own):
        if post in found or not text:
            continue
        pairs = pairs_of(text)
        if any(nearness(pairs, one) >= NEAR for one in written):
            found[post] = Said(instant(at), name, reverse("publish:delivery", args=[pk]))
        if len(found) == SHOWN:
            break
    return list(found.values())


def _rows(desk: Desk, own: int) -> list[tuple[int, int, int, str, str]]:
    since = desk.workspace.now() - BACK
    return _latest.rows({_IN: desk.workspace.pk, _NOT: own, SOME_TIME: since})


_IN, _NOT = SOME_ID, ANOTHER_ID
_latest = KeptQuery(
    lambda: (
        Variant.objects.filter(
            deliveries__workspace=_IN,
            deliveries__purpose=Purpose.POST,
            deliveries__state__in=_STANDING,
            deliveries__due_at__gte=SOME_TIME,
        )
        .exclude(deliveries__post_id=_NOT)
        .order_by("-deliveries__due_at")
        .values_list(
            "deliveries__post_id",
            "deliveries__id",
            Micros("deliveries__due_at"),
            "deliveries__post__name",
            KT("body__text"),
        )[:MOST]
    )
)


def panel(request: HttpRequest, *, desk: Desk) -> Content:
    own = own_post(request.POST, desk)
    return Content("plan/_said_before.html", {"said": said_before(desk, own), "own_post": own})


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Again, when a text was left; keeps nothing."""
    desk = desk_of(request, member_of(request, Right.WRITE), None)
    own = own_post(request.POST, desk)
    return render(request, "plan/_said_before.html", {"said": said_before(desk, own), "own_post": own})
