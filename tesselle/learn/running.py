"""One run: read, compare, keep. Imports NumPy and SciPy: for the command `tesselle learn` only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from django.db import transaction
from django.utils import timezone

from tesselle.insights.evidence import FEWEST_POSTS
from tesselle.insights.posts import Posts
from tesselle.insights.stored import Stored, StoredFinding
from tesselle.insights.summary import Fits, fits_of, summarise
from tesselle.learn.models import Finding, Run
from tesselle.learn.rows import Measured, measured_posts, posts_of

FEWEST_MEDIAN = 3
MOST_SETTLED = 12


@dataclass(frozen=True, slots=True)
class Learned:
    """`posts` and `fits` None: too few to compare anything."""

    run: Run
    rows: Sequence[Measured]
    posts: Posts | None
    fits: Fits | None = None


def perform(run: Run) -> Learned:
    """Runs the statistics and keeps what they say; nothing is added to it. Nobody is shown it before `finish`."""
    _tell(run, Run.Step.READING)
    run.instant = run.workspace.now()
    rows = measured_posts(run.workspace)
    counts = Counter(row.channel_id for row in rows)
    waiting = {str(pk): count for pk, count in sorted(counts.items()) if count < FEWEST_POSTS}
    kept = [row for row in rows if counts[row.channel_id] >= FEWEST_POSTS]
    posts, fits, found = None, None, None
    if kept:
        _tell(run, Run.Step.COMPARING)
        posts = posts_of(kept)
        fits = fits_of(posts)
        found = summarise(posts, fits)
    _tell(run, Run.Step.KEEPING)
    run.sparse = sparse_channels(kept)
    _keep(run, rows, found, waiting)
    return Learned(run, kept, posts, fits)


def sparse_channels(rows: Sequence[Measured]) -> list[int]:
    """Those of which half the posts have fewer than three interactions."""
    by_channel: dict[int, list[int]] = {}
    for row in rows:
        by_channel.setdefault(row.channel_id, []).append(row.interactions)
    return sorted(pk for pk, counts in by_channel.items() if median(counts) < FEWEST_MEDIAN)


def _tell(run: Run, step: Run.Step) -> None:
    """Outside any transaction, so that the page that waits sees it."""
    run.step = step
    Run.objects.filter(pk=run.pk).update(step=step)


@transaction.atomic
def _keep(run: Run, rows: Sequence[Measured], found: Stored | None, waiting: dict[str, int]) -> None:
    run.posts, run.waiting = len(rows), waiting
    if rows:
        run.first_day, run.last_day = rows[0].at.date(), rows[-1].at.date()
    if found is not None:
        run.luck_share, run.fingerprint = found.luck_share, found.fingerprint
        run.slots = [asdict(slot) for slot in found.slots]
        Finding.objects.filter(run=run).delete()  # of a process that was lost on the way
        Finding.objects.bulk_create(
            _finding(run, place, one, is_idea)
            for is_idea, group in (
                (False, found.findings),
                (True, (*found.ideas, *found.settled[:MOST_SETTLED])),
            )
            for place, one in enumerate(group)
        )
    run.save()


def finish(run: Run) -> None:
    """All is kept that follows from it, suggestions and verdicts too: from here on pages show this run."""
    run.state, run.step, run.ended_at = Run.State.DONE, "", timezone.now()
    run.save(update_fields=["state", "step", "ended_at"])


def _finding(run: Run, place: int, one: StoredFinding, is_idea: bool) -> Finding:
    twin_factor, twin_level = one.inseparable or ("", "")
    return Finding(
        run=run,
        place=place,
        channel_id=int(one.channel) if one.channel else None,
        factor=one.factor,
        level=one.level,
        certainty=one.certainty,
        probability=one.probability,
        low=one.low,
        middle=one.middle,
        high=one.high,
        posts=one.posts,
        others=one.others,
        is_idea=is_idea,
        twin_factor=twin_factor,
        twin_level=twin_level,
    )
