"""Figures that were brought become readings of our own posts, or posts made elsewhere; and back again.

What a network told itself is never overwritten: a mark is only filled where it lacks something.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.indicators import interactions_of
from tesselle.domain.messages import N_
from tesselle.domain.metrics import Metric
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery
from tesselle.measure.brought import visit_keeping
from tesselle.measure.brought.rows import Row
from tesselle.measure.brought.visit_rows import VisitRow
from tesselle.measure.models import BroughtRow, FigureImport, Mark, PastPost, Series, Snapshot
from tesselle.measure.rollups import COLUMNS, ages_of, told_of_posts
from tesselle.workspaces.models import User


@dataclass(frozen=True, slots=True)
class Kept:
    known: int
    elsewhere: int


def locked(source: FigureImport) -> FigureImport:
    """Raises RuleError: it was kept or undone meanwhile."""
    found = FigureImport.objects.select_for_update(of=("self",)).select_related("channel").get(pk=source.pk)
    if found.state != FigureImport.State.LOOKED_AT:
        raise RuleError(_KEPT_ALREADY)
    return found


@transaction.atomic
def keep(source: FigureImport, rows: Sequence[Row], at: datetime, *, left_out: int, by: User) -> Kept:
    """All of these rows, or none. `at`: when the figures were read.

    Raises:
        RuleError: it was kept or undone meanwhile.
    """
    source = locked(source)
    ours = {row.known.delivery_id: row.figures for row in rows if row.known and row.known.delivery_id}
    keep_readings(source, ours, at)
    elsewhere = [row for row in rows if not row.known or not row.known.delivery_id]
    _keep_elsewhere(source, elsewhere)
    told = Kept(len(ours), len(elsewhere))
    source.state = FigureImport.State.KEPT
    source.table, source.told = [], {"known": told.known, "elsewhere": told.elsewhere, "left_out": left_out}
    source.save(update_fields=["state", "table", "told"])
    verb = "figures.typed" if source.way == FigureImport.Way.HAND else "figures.imported"
    tell(verb, source, by, known=told.known, elsewhere=told.elsewhere)
    return told


@transaction.atomic
def keep_visits(
    source: FigureImport, rows: Sequence[VisitRow], *, left_out: int, by: User
) -> Mapping[str, int]:
    """All of these rows, or none.

    Raises:
        RuleError: it was kept or undone meanwhile.
    """
    source = locked(source)
    told = visit_keeping.put(source, rows)
    source.state = FigureImport.State.KEPT
    source.table, source.told = [], {**told, "left_out": left_out}
    source.save(update_fields=["state", "table", "told"])
    tell("figures.visits_imported", source, by, **told)
    return told


def keep_readings(source: FigureImport, figures: Mapping[int, Mapping[str, int]], at: datetime) -> None:
    """`figures`: by delivery. One snapshot each, and the marks that it is worth."""
    series = _series_of(source, list(figures))
    snapshots = Snapshot.objects.bulk_create(
        Snapshot(series=one, at=at, values=dict(figures[delivery])) for delivery, one in series.items()
    )
    marked = _mark(source.posts_of.network, list(series.values()), snapshots)
    BroughtRow.objects.bulk_create(
        BroughtRow(
            source=source,
            series=one,
            snapshot=snapshot,
            marks=marked.get(one.pk, []),
            figures=dict(figures[delivery]),
        )
        for (delivery, one), snapshot in zip(series.items(), snapshots, strict=True)
    )
    refresh_latest([one.pk for one in series.values()])


def _series_of(source: FigureImport, delivery_ids: list[int]) -> dict[int, Series]:
    """Locked, so that no worker marks the same posts meanwhile; begun where there is none yet."""
    out = Delivery.objects.filter(pk__in=delivery_ids, channel=source.posts_of, live_at__isnull=False)
    Series.objects.bulk_create(
        (
            Series(
                channel=source.posts_of,
                delivery=one,
                remote=one.remote,
                published_at=one.live_at or source.made_at,
                next_at=one.live_at if one.state == "live" else None,
            )
            for one in out.filter(series=None)
        ),
        ignore_conflicts=True,
    )
    found = Series.objects.select_for_update().filter(delivery_id__in=delivery_ids, channel=source.posts_of)
    return {one.delivery_id: one for one in found.order_by("pk") if one.delivery_id is not None}


def _mark(
    network: str, series: list[Series], snapshots: list[Snapshot]
) -> dict[int, list[dict[str, object]]]:
    """By series, what was made and filled."""
    marks = {
        (mark.series_id, mark.age_days): mark
        for mark in Mark.objects.select_for_update().filter(series__in=series)
    }
    rows = Series.objects.filter(pk__in=[one.pk for one in series])
    aims = {
        pk: (pillar, campaign)
        for pk, pillar, campaign in rows.values_list(
            "pk", "delivery__post__pillar", "delivery__post__campaign"
        )
    }
    made: list[Mark] = []
    filled: list[Mark] = []
    notes: list[tuple[Mark, dict[str, object]]] = []
    for one, snapshot in zip(series, snapshots, strict=True):
        for age in ages_of(snapshot.at - one.published_at):
            mark = marks.get((one.pk, age))
            if mark is None:
                mark = Mark(
                    series=one,
                    channel_id=one.channel_id,
                    published_at=one.published_at,
                    age_days=age,
                    read_at=snapshot.at,
                    followers=one.followers,
                    pillar_id=aims.get(one.pk, (None, None))[0],
                    campaign_id=aims.get(one.pk, (None, None))[1],
                )
                made.append(mark)
                notes.append((mark, {"made": True, "filled": _fill(mark, snapshot.values, network)}))
                continue
            before = mark.interactions
            names = _fill(mark, snapshot.values, network)
            if names:
                filled.append(mark)
                notes.append((mark, {"made": False, "filled": names, "interactions": before}))
    Mark.objects.bulk_create(made)
    Mark.objects.bulk_update(filled, [*COLUMNS, "interactions"], batch_size=500)
    found: dict[int, list[dict[str, object]]] = {}
    for mark, note in notes:
        found.setdefault(mark.series_id, []).append({"id": mark.pk, **note})
    return found


def _fill(mark: Mark, values: Mapping[str, int], network: str) -> list[str]:
    """The names of what was missing and is now there."""
    names = [name for name in COLUMNS if name in values and getattr(mark, name) is None]
    for name in names:
        setattr(mark, name, values[name])
    if mark.interactions is None:
        known = {name: value for name in COLUMNS if (value := getattr(mark, name)) is not None}
        mark.interactions = interactions_of(known, told_of_posts(network) or frozenset(map(Metric, known)))
    return names


def _keep_elsewhere(source: FigureImport, rows: Sequence[Row]) -> None:
    keys = {row.known.past_post_id if row.known else 0: row for row in rows}
    known = PastPost.objects.select_for_update().in_bulk([pk for pk in keys if pk])
    new: list[PastPost] = []
    notes: list[BroughtRow] = []
    for row in rows:
        past = known.get(row.known.past_post_id) if row.known else None
        before = dict(past.figures) if past is not None else None
        if past is None:
            past = _past_post(source, row)
            new.append(past)
        past.figures = {**past.figures, **row.figures}
        notes.append(BroughtRow(source=source, past_post=past, figures=dict(row.figures), before=before))
    PastPost.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["channel", "remote_id"], update_fields=["figures"]
    )
    PastPost.objects.bulk_update(list(known.values()), ["figures"], batch_size=500)
    for note in notes:
        note.past_post_id = note.past_post.pk if note.past_post else None
    BroughtRow.objects.bulk_create(notes)


def _past_post(source: FigureImport, row: Row) -> PastPost:
    assert row.told is not None  # a row without a day and without a post is no good one
    return PastPost(
        channel=source.posts_of,
        remote_id=row.key,
        url=row.url,
        posted_at=row.told.at,
        text=row.text,
        figures={},
    )


@transaction.atomic
def undo(source: FigureImport, *, by: User) -> None:
    """Everything as if the file had never come; what was read or brought since then stays.

    Raises:
        RuleError: there is nothing to undo.
    """
    source = FigureImport.objects.select_for_update(of=("self",)).select_related("channel").get(pk=source.pk)
    if source.state != FigureImport.State.KEPT:
        raise RuleError(_NOT_KEPT)
    if source.channel_id is None:
        visit_keeping.forget(source)
    else:
        _forget_posts(source)
    source.state = FigureImport.State.UNDONE
    source.save(update_fields=["state"])
    tell("figures.import_undone", source, by)


def _forget_posts(source: FigureImport) -> None:
    rows = list(source.rows.select_related("past_post"))
    _unmark(rows)
    Snapshot.objects.filter(pk__in=[row.snapshot_id for row in rows if row.snapshot_id]).delete()
    _forget_elsewhere(source, rows)
    refresh_latest([row.series_id for row in rows if row.series_id])
    source.rows.all().delete()


def _unmark(rows: Sequence[BroughtRow]) -> None:
    notes = {note["id"]: note for row in rows for note in row.marks}
    Mark.objects.filter(pk__in=[pk for pk, note in notes.items() if note["made"]]).delete()
    changed = list(Mark.objects.filter(pk__in=list(notes)))
    for mark in changed:
        for name in notes[mark.pk]["filled"]:
            setattr(mark, name, None)
        mark.interactions = notes[mark.pk]["interactions"]
    Mark.objects.bulk_update(changed, [*COLUMNS, "interactions"], batch_size=500)


def _forget_elsewhere(source: FigureImport, rows: Sequence[BroughtRow]) -> None:
    """A post that another import speaks of too stays, with what that one told."""
    touched = [row for row in rows if row.past_post_id]
    others = set(
        BroughtRow.objects.filter(past_post__in=[row.past_post for row in touched])
        .exclude(source=source)
        .values_list("past_post_id", flat=True)
    )
    gone = [row.past_post_id for row in touched if row.before is None and row.past_post_id not in others]
    kept = [row for row in touched if row.past_post_id not in gone]
    for row in kept:
        past, before = row.past_post, row.before or {}
        assert past is not None
        mine = {name for name, value in row.figures.items() if past.figures.get(name) == value}
        past.figures = {
            name: before.get(name, value) if name in mine else value
            for name, value in past.figures.items()
            if name not in mine or name in before
        }
    PastPost.objects.bulk_update(
        [row.past_post for row in kept if row.past_post], ["figures"], batch_size=500
    )
    PastPost.objects.filter(pk__in=[pk for pk in gone if pk]).delete()


def refresh_latest(series_ids: list[int]) -> None:
    """What a series' page calls its last reading is the newest snapshot there is."""
    found_last = Snapshot.objects.filter(series__in=series_ids).order_by("series_id", "-at", "-pk")
    newest = {one.series_id: one for one in found_last.distinct("series_id")}
    rows = list(Series.objects.filter(pk__in=series_ids))
    for one in rows:
        found = newest.get(one.pk)
        one.latest, one.latest_at = (found.values, found.at) if found is not None else ({}, None)
    Series.objects.bulk_update(rows, ["latest", "latest_at"], batch_size=500)


def tell(verb: str, source: FigureImport, by: User, **more: int) -> None:
    is_of_posts = source.channel_id is not None
    record(
        verb,
        workspace_id=source.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="channel" if is_of_posts else "workspace",
        subject_id=source.channel_id if is_of_posts else source.workspace_id,
        name=source.name,
        channel=str(source.channel or ""),
        **more,
    )


_KEPT_ALREADY = N_("This was kept already, or undone. Bring the file again if it is to be kept once more.")
_NOT_KEPT = N_("There is nothing to undo: this import was not kept, or was undone already.")
