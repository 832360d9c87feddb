"""Carrying a wish out, post by post, with what undoes it. Looking at it first is the same, taken back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.compose.aiming import Kind, aim_post
from tesselle.compose.models import Post
from tesselle.compose.removing import set_deleted
from tesselle.compose.versions import rewrite_for
from tesselle.domain.errors import RuleError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.ledger.models import Delivery, Purpose
from tesselle.ledger.services import planning
from tesselle.plan.calendar.moving import local_of, moved
from tesselle.plan.many.wish import Wish
from tesselle.plan.models import BulkChange
from tesselle.plan.services import Slot, plan_post
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.models import User, Workspace


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the preview. `refused` None: it is done."""

    delivery: Delivery
    was: str = ""
    now: str = ""
    refused: Message | None = None


@dataclass
class _Doing:
    """What one carrying out collects. `undo`: see `undoing`."""

    workspace: Workspace
    wish: Wish
    by: User
    undo: dict[str, list[Any]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def noted(self, kind: str, *values: Any) -> None:
        self.undo.setdefault(kind, []).extend(values)


def look(workspace: Workspace, rows: Sequence[Delivery], wish: Wish, *, by: User) -> list[Changed]:
    """What would come of it; changes nothing."""
    with transaction.atomic():
        found, _ = _carried(workspace, rows, wish, by)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def carry_out(
    workspace: Workspace, rows: Sequence[Delivery], wish: Wish, *, by: User
) -> tuple[list[Changed], BulkChange | None]:
    """Each for itself: what cannot be done keeps none of the others back. None: nothing was done."""
    found, undo = _carried(workspace, rows, wish, by)
    if not undo:
        return found, None
    return found, BulkChange.objects.create(workspace=workspace, made_by=by, undo=undo)


def _carried(
    workspace: Workspace, rows: Sequence[Delivery], wish: Wish, by: User
) -> tuple[list[Changed], dict[str, list[Any]]]:
    doing = _Doing(workspace, wish, by)
    return list(_each(doing, rows)), doing.undo


def _each(doing: _Doing, rows: Sequence[Delivery]) -> Iterator[Changed]:
    act = _ACTS[doing.wish.act]
    for row in rows:
        if row.state != DeliveryState.PLANNED or row.post is None:
            yield Changed(row, refused=Message(_LEAVING))
            continue
        try:
            with transaction.atomic():
                done = act(doing, row)
        except RuleError as error:
            done = Changed(row, refused=error.message)
        yield done


def _move(doing: _Doing, row: Delivery) -> Changed:
    was = local_of(row)
    now = was + timedelta(days=doing.wish.days)
    move = moved(row, now, doing.by)
    if move is None:
        raise RuleError(_LEAVING)
    doing.noted("moves", str(move))
    return Changed(row, f"{was:%Y-%m-%dT%H:%M}", f"{now:%Y-%m-%dT%H:%M}")


def _aimed(kind: Kind) -> Callable[[_Doing, Delivery], Changed]:
    model: type[Pillar] | type[Campaign] = Pillar if kind == "pillar" else Campaign

    def aim(doing: _Doing, row: Delivery) -> Changed:
        post = row.post
        assert post is not None
        was = getattr(post, f"{kind}_id") or 0
        names: Mapping[int, str] = {
            one.pk: one.name for one in model.objects.filter(workspace=doing.workspace)
        }
        wanted = doing.wish.aim if doing.wish.aim in names else 0
        if post.pk not in doing.seen and was != wanted:
            doing.seen.add(post.pk)
            aim_post(post, kind, wanted, by=doing.by)
            doing.noted("aims", [post.pk, kind, was, wanted])
        return Changed(row, names.get(was, ""), names.get(wanted, ""))

    return aim


def _call_off(doing: _Doing, row: Delivery) -> Changed:
    if not planning.cancel([row], by=doing.by):
        raise RuleError(_LEAVING)
    doing.noted("called_off", row.pk)
    return Changed(row)


def _delete(doing: _Doing, row: Delivery) -> Changed:
    """The whole post, unless something of it is out or under way elsewhere."""
    post = row.post
    assert post is not None
    if post.pk in doing.seen:
        return Changed(row)
    waiting = list(post.deliveries.filter(state=DeliveryState.PLANNED))
    over = (DeliveryState.CANCELLED, DeliveryState.MISSED, DeliveryState.REFUSED, DeliveryState.PLANNED)
    if post.deliveries.exclude(state__in=over).exists():
        raise RuleError(_PARTLY_OUT)
    if planning.cancel(waiting, by=doing.by) != len(waiting):
        raise RuleError(_LEAVING)
    set_deleted(post, True, by=doing.by)
    doing.seen.add(post.pk)
    doing.noted("called_off", *(one.pk for one in waiting))
    doing.noted("deleted", post.pk)
    return Changed(row)


def _channels(doing: _Doing, row: Delivery) -> Changed:
    """The post goes to exactly those channels, at the time of this row where one is new."""
    post = row.post
    assert post is not None and post.current is not None
    wanted = Channel.objects.filter(workspace=doing.workspace, removed_at=None, pk__in=doing.wish.channels)
    new = {one.pk: network_name(one.network) for one in wanted}
    if not new:
        raise RuleError(_NO_CHANNEL)
    was = {
        v.channel_id: network_name(v.channel.network) for v in post.current.variants.select_related("channel")
    }
    if post.pk in doing.seen or set(was) == set(new):
        return Changed(row, ", ".join(was.values()), ", ".join(new.values()))
    doing.seen.add(post.pk)
    before = post.current.number
    saved = rewrite_for(post, tuple(new), by=doing.by)
    _leave_out(doing, post, set(new))
    there = set(_living(post).values_list("channel_id", flat=True))
    slot = Slot(local_of(row), row.zone or doing.workspace.zone)
    made = plan_post(post=saved, slots={pk: slot for pk in new if pk not in there}, by=doing.by)
    doing.noted("made", *(one.pk for one in made))
    doing.noted("revisions", [post.pk, before, saved.current.number if saved.current else 0])
    return Changed(row, ", ".join(was.values()), ", ".join(new.values()))


def _leave_out(doing: _Doing, post: Post, wanted: set[int]) -> None:
    leaving = list(post.deliveries.filter(state=DeliveryState.PLANNED).exclude(channel_id__in=wanted))
    if planning.cancel(leaving, by=doing.by) != len(leaving):
        raise RuleError(_LEAVING)
    doing.noted("called_off", *(one.pk for one in leaving))


def _living(post: Post) -> Any:
    over = (DeliveryState.CANCELLED, DeliveryState.REMOVED)
    return post.deliveries.filter(purpose=Purpose.POST).exclude(state__in=over)


_ACTS: Mapping[str, Callable[[_Doing, Delivery], Changed]] = {
    "move": _move,
    "channels": _channels,
    "pillar": _aimed("pillar"),
    "campaign": _aimed("campaign"),
    "call_off": _call_off,
    "delete": _delete,
}
_LEAVING = N_("It is leaving already, or was changed meanwhile.")
_PARTLY_OUT = N_("Something of this post is out or under way: it stays.")
_NO_CHANNEL = N_("Choose at least one channel.")
