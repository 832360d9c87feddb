"""When a post goes out, as the composer's panel asks it: now, at a time, in each channel's next free slot, or,
where its channels were planned at different times, as planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, pgettext

from tesselle.compose.desk import Desk
from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.local_time import resolve
from tesselle.domain.messages import N_, Message
from tesselle.domain.reach import OUT_OF_REACH, in_reach
from tesselle.ledger.models import Delivery, Purpose
from tesselle.plan.services import GRACE, Slot
from tesselle.plan.slots import next_slots
from tesselle.plan.standing import own_post, planned_ahead
from tesselle.web.dates import written
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, SOME_TIME, KeptQuery
from tesselle.web.sentences import say
from tesselle.workspaces.models import Member, User, Workspace

CHOICES = ("at", "slot", "now", "kept")
PROPOSED = "10:00"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the choice means for one channel: its local time, or what is missing. `awaits_yes`: it does not leave
    then unless somebody approves it before; of a saved post the panel of its approval tells more."""

    channel_id: int
    name: str
    network: str
    local: str
    note: str = ""
    lacks_slots: bool = False
    awaits_yes: bool = False


def panel(data: QueryDict, desk: Desk) -> dict[str, Any]:
    """What the panel shows, from what was chosen so far."""
    workspace = desk.workspace
    later = (workspace.now() + timedelta(hours=1)).astimezone(workspace.tz)
    return {
        "when": _choice(data),
        "date": data.get("plan-date") or f"{later:%Y-%m-%d}",
        "time": data.get("plan-time", f"{later:%H}:00"),
        "zone": workspace.zone,
        "outcomes": _outcomes(data, desk, later.replace(minute=0)),
        "may_keep": len(set(_ahead(data, desk).values())) > 1,
    }


def asked(request: HttpRequest, desk: Desk) -> QueryDict:
    """What the form says, or the address. Without either a planned post keeps its time, and a new one comes
    behind the last."""
    if request.method == "POST":
        return request.POST
    given = from_address(request.GET)
    if given:
        return given
    if desk.post:
        return as_planned(desk, desk.post)
    member: Member | None = getattr(request, "member", None)
    return given if member is None else after_the_last(desk.workspace, member.user)


def from_address(data: QueryDict) -> QueryDict:
    """A day that the calendar leads here with; its hour is proposed."""
    given = QueryDict(mutable=True)
    if day := data.get("plan-date"):
        given.update({"plan-date": day, "plan-time": data.get("plan-time") or PROPOSED})
    return given


def as_planned(desk: Desk, post: Post) -> QueryDict:
    """Whoever edits a planned post and plans it anew has not asked for another time: it keeps its own, and each
    channel its own where they differ."""
    given = QueryDict(mutable=True)
    if times := list(planned_ahead(desk, post.pk).values()):
        first = times[0].astimezone(post.workspace.tz)
        given.update({"plan-date": f"{first:%Y-%m-%d}", "plan-time": f"{first:%H:%M}"})
        if len(set(times)) > 1:
            given["when"] = "kept"
    return given


def _ahead(data: QueryDict, desk: Desk) -> dict[int, datetime]:
    return planned_ahead(desk, own_post(data, desk))


def _kept(data: QueryDict, desk: Desk, ids: Sequence[int]) -> dict[int, datetime]:
    """Each channel's own instant; a channel that has none goes out with the first. Empty: nothing is planned."""
    ahead = _ahead(data, desk)
    return {pk: ahead.get(pk, next(iter(ahead.values()))) for pk in ids} if ahead else {}


def after_the_last(workspace: Workspace, by: User) -> QueryDict:
    """For who plans one post behind the other: a day later than what they planned last, at its hour."""
    given = QueryDict(mutable=True)
    rows = _last_planned.rows({SOME_ID: workspace.pk, ANOTHER_ID: by.pk, SOME_TIME: workspace.now()})
    for (last,) in rows:
        local = last.astimezone(workspace.tz) + timedelta(days=1)
        given.update({"plan-date": f"{local:%Y-%m-%d}", "plan-time": f"{local:%H:%M}"})
    return given


_last_planned = KeptQuery(
    lambda: (
        Delivery.objects.filter(workspace=SOME_ID, created_by=ANOTHER_ID, purpose=Purpose.POST)
        .filter(state=DeliveryState.PLANNED, due_at__gt=SOME_TIME)
        .order_by("-id")
        .values_list("due_at")[:1]
    )
)


def chosen_slots(data: QueryDict, desk: Desk) -> Mapping[int, Slot]:
    """The local time for each chosen channel.

    Raises:
        RuleError: no time was given, or a channel has no posting times.
    """
    workspace, ids = desk.workspace, [place.channel.pk for place in desk.chosen]
    match _choice(data):
        case "now":
            return dict.fromkeys(ids, Slot.at_once(workspace))
        case "slot":
            return _next_slots(desk, ids)
        case "kept" if kept := _kept(data, desk, ids):
            return {pk: Slot(_here(at, workspace), workspace.zone) for pk, at in kept.items()}
        case _:
            local = _local(data)
            if local is None:
                raise RuleError(_NO_TIME)
            if not in_reach(local):
                raise RuleError(OUT_OF_REACH)
            return dict.fromkeys(ids, Slot(local, workspace.zone))


def instants(data: QueryDict, desk: Desk, ids: Sequence[int]) -> dict[int, datetime]:
    """What the choice means for each channel as it stands; in an hour where it means none."""
    workspace, choice = desk.workspace, _choice(data)
    found = dict.fromkeys(ids, workspace.now() + timedelta(hours=1))
    if choice == "now":
        return dict.fromkeys(ids, workspace.now())
    if choice == "slot":
        coming = next_slots(workspace, ids, pillar_id=desk.draft.aim.pillar)
        return found | {pk: slot.at for pk, slot in coming.items()}
    if choice == "kept" and (kept := _kept(data, desk, ids)):
        return kept
    local = _local(data)
    return dict.fromkeys(ids, resolve(local, workspace.zone)) if local and in_reach(local) else found


def _next_slots(desk: Desk, ids: list[int]) -> Mapping[int, Slot]:
    coming = next_slots(desk.workspace, ids, pillar_id=desk.draft.aim.pillar)
    for place in desk.chosen:
        if place.channel.pk not in coming:
            name = place.channel.display_name or place.channel.handle
            raise RuleError(Message(_NO_SLOTS, {"channel": name}))
    return {pk: Slot(slot.local, desk.workspace.zone) for pk, slot in coming.items()}


def _choice(data: QueryDict) -> str:
    given = data.get("when", "")
    return given if given in CHOICES else "at"


def _local(data: QueryDict) -> datetime | None:
    try:
        local = parse_datetime(f"{data.get('plan-date', '')}T{data.get('plan-time', '')}")
    except ValueError:
        return None
    return local if local is not None and local.tzinfo is None else None


def _outcomes(data: QueryDict, desk: Desk, default: datetime) -> list[Outcome]:
    choice, workspace = _choice(data), desk.workspace
    ids = [place.channel.pk for place in desk.chosen]
    coming = next_slots(workspace, ids, pillar_id=desk.draft.aim.pillar) if choice == "slot" and ids else {}
    local = _local(data) if "plan-date" in data else default.replace(tzinfo=None, second=0, microsecond=0)
    written, note = _at_words(local, workspace)
    kept = _kept(data, desk, ids) if choice == "kept" else {}
    told = []
    for place in desk.chosen:
        pk, name = place.channel.pk, place.channel.display_name or place.channel.handle
        one = Outcome(pk, name, place.channel.network, "")
        match choice:
            case "now":
                one = replace(one, local=gettext("at once"))
            case "slot" if pk in coming:
                one = replace(one, local=_written(coming[pk].local))
            case "slot":
                one = replace(one, lacks_slots=True)
            case "kept" if pk in kept:
                one = replace(one, local=_written(_here(kept[pk], workspace)))
            case _:
                one = replace(one, local=written, note=note)
        told.append(replace(one, awaits_yes=desk.post is None and place.channel.needs_approval))
    return told


def _at_words(local: datetime | None, workspace: Workspace) -> tuple[str, str]:
    """The time as it will be, and what is odd about it."""
    if local is None:
        return "", gettext("Choose a day and a time.")
    if not in_reach(local):
        return "", say(Message(OUT_OF_REACH))
    due_at = resolve(local, workspace.zone)
    real = due_at.astimezone(workspace.tz).replace(tzinfo=None)
    if due_at < workspace.now() - GRACE:
        return _written(local), gettext("This time has passed already.")
    if real != local:
        return _written(real), gettext("The clocks change that night: %(time)s does not exist.") % {
            "time": f"{local:%H:%M}"
        }
    return _written(local), ""


def _here(at: datetime, workspace: Workspace) -> datetime:
    return at.astimezone(workspace.tz).replace(tzinfo=None)


def _written(local: datetime) -> str:
    return written(local, pgettext("date format", "l j F \\a\\t H:i"))


_NO_TIME = N_("Choose a day and a time, or “now”.")
_NO_SLOTS = N_(
    "%(channel)s has no posting times for this post. Set some under “Posting times”, or choose a time."
)
