"""What the page with the rows shows, and the one that tells what became of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.compose.desk import Place
from tesselle.compose.models import Post
from tesselle.ledger.models import Delivery
from tesselle.plan.models import BulkChange
from tesselle.plan.pictures.batch import NO_PILLAR, Batch, Row
from tesselle.plan.pictures.carrying import Became, became, problems
from tesselle.strategy.models import Pillar
from tesselle.web.dates import written
from tesselle.web.sentences import say


@dataclass(frozen=True, slots=True)
class Chip:
    """A channel to tick. `is_only`: its network's name says enough."""

    id: int
    name: str
    network: str
    network_name: str
    is_only: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Option:
    value: int
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """`problems`: what would keep it from being planned; `error`: what cannot be read."""

    row: Row
    id: int
    number: int
    name: str
    thumb: str
    url: str
    chips: tuple[Chip, ...]
    pillars: tuple[Option, ...]
    problems: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class PicturesPage:
    """`is_typed`: drawn from what somebody typed, which is kept nowhere yet."""

    batch: Batch
    rows: tuple[RowShown, ...]
    chips: tuple[Chip, ...]
    pillars: tuple[Option, ...]
    error: str
    zone: str
    may_plan: bool
    is_typed: bool


def pictures_page(
    batch: Batch,
    pillars: Iterable[Pillar],
    *,
    may_plan: bool,
    is_checked: bool,
    is_typed: bool,
    error: str = "",
) -> PicturesPage:
    """`is_checked`: the words are judged; before anything is typed only consents are."""
    known = list(pillars)
    return PicturesPage(
        batch=batch,
        rows=tuple(
            _row(batch, row, number, known, is_checked=is_checked) for number, row in enumerate(batch.rows, 1)
        ),
        chips=_chips(batch, batch.channels),
        pillars=_pillars(known, batch.pillar, {0: pgettext("pillar", "None")}),
        error=error,
        zone=batch.workspace.zone,
        may_plan=may_plan,
        is_typed=is_typed,
    )


def _row(batch: Batch, row: Row, number: int, pillars: list[Pillar], *, is_checked: bool) -> RowShown:
    pk = row.asset.pk
    found = problems(batch.desk_of(row), only_people=not is_checked)
    extra = {0: _("As above"), NO_PILLAR: pgettext("pillar", "None")}
    return RowShown(
        row=row,
        id=pk,
        number=number,
        name=row.asset.original_name,
        thumb=reverse("library:thumb", args=[pk]),
        url=reverse("library:media_asset", args=[pk]),
        chips=_chips(batch, batch.channels_of(row)),
        pillars=_pillars(pillars, row.pillar, extra),
        problems=tuple(say(one) for one in found),
        error=_("This is no time. Choose a day and an hour, or leave it empty.") if row.is_garbled else "",
    )


def _chips(batch: Batch, chosen: tuple[int, ...]) -> tuple[Chip, ...]:
    places = batch.desk.places
    counted = Counter(place.channel.network for place in places.values())
    return tuple(
        _chip(place, counted[place.channel.network] == 1, pk in chosen) for pk, place in places.items()
    )


def _chip(place: Place, is_only: bool, is_chosen: bool) -> Chip:
    channel = place.channel
    name = channel.display_name or channel.handle
    return Chip(channel.pk, name, channel.network, place.card.name, is_only, is_chosen)


def _pillars(pillars: list[Pillar], chosen: int, extra: dict[int, str]) -> tuple[Option, ...]:
    if not pillars:
        return ()
    every = {**extra, **{one.pk: one.name for one in pillars}}
    return tuple(Option(value, label, value == chosen) for value, label in every.items())


@dataclass(frozen=True, slots=True)
class Outcome:
    """`when` empty: it is a draft, because of `why`."""

    title: str
    url: str
    thumb: str
    when: str
    channels: str
    why: tuple[str, ...]


def outcomes(change: BulkChange) -> tuple[Outcome, ...]:
    """In the order of the rows; a post that was thrown away since is left out."""
    rows = became(change)
    posts = Post.objects.filter(workspace=change.workspace, deleted_at=None).in_bulk(
        [one.post for one in rows]
    )
    ids = [pk for one in rows for pk in one.deliveries]
    deliveries = Delivery.objects.filter(workspace=change.workspace).select_related("channel").in_bulk(ids)
    return tuple(_outcome(change, one, posts[one.post], deliveries) for one in rows if one.post in posts)


def _outcome(change: BulkChange, one: Became, post: Post, deliveries: dict[int, Delivery]) -> Outcome:
    made = [deliveries[pk] for pk in one.deliveries if pk in deliveries]
    style = pgettext("date format", "l j F, H:i")
    return Outcome(
        title=post.name or pgettext("post", "Untitled"),
        url=reverse("compose:edit", args=[post.pk]),
        thumb=reverse("library:thumb", args=[one.asset]),
        when=written(made[0].due_at.astimezone(change.workspace.tz), style) if made else "",
        channels=", ".join(row.channel.display_name or row.channel.handle for row in made),
        why=tuple(say(reason) for reason in one.why),
    )
