"""`tesselle bench burst`: many deliveries due at one instant, one worker process or several.

The simulated networks answer after a latency from their own process over loopback HTTP.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tesselle.ops.bench.channels import open_channels
from tesselle.ops.process_tree import cpu_seconds
from tesselle.ops.scratch import Scratch, scratch_installation

if TYPE_CHECKING:
    from tesselle.channels.models import Channel

PER_CHANNEL = 5
NETWORKS = 5
"""A network that wants several calls for a post takes as many latencies: over all of them, the slowest one is
what a burst would measure."""

LEAD_SECONDS = 4.0
"""The instant lies so far ahead, so that the worker is up and idle when it comes."""


def run(*, deliveries: int, latency_ms: int, workers: int = 1) -> dict[str, Any]:
    """The measured figures, as the command prints them.

    `seconds` runs from the instant to the last acceptance, `lateness` from the instant to each
    first byte. `lone_lateness_s`: the worst acceptance of a delivery that was due alone, one for
    each network. `cpu_seconds` is everybody's over the whole burst, the read-back included.
    """
    with scratch_installation() as scratch:
        from tesselle.workspaces.models import Workspace

        scratch.start_sandboxes()
        workspace = Workspace.objects.create(name="Mesure")
        channels = open_channels(scratch, workspace, max(1, deliveries // PER_CHANNEL), networks=NETWORKS)
        scratch.ask_sandbox("latency_ms", {"latency_ms": latency_ms}, "PUT")
        crowd = [
            scratch.start("tesselle.ops.bench.work", str(scratch.folder / "spools")) for _ in range(workers)
        ]
        for process in crowd:
            scratch.first_line(process)
        members = {
            "workers": [process.pid for process in crowd],
            "database": [scratch.postgres.own_pid or 0],
            "sandboxes": [scratch.sandboxes.pid],
        }
        calls_before, cpu_before = _requests(scratch), _cpu(members)
        texts = [f"Envoi {number}" for number in range(deliveries)]
        lead = LEAD_SECONDS + deliveries / 2000
        due = _plan([channels[n % len(channels)] for n in range(deliveries)], texts, lead)
        all_verified = _wait_until_done(deliveries, seconds=120 + deliveries / 10)
        calls, cpu = _requests(scratch) - calls_before, _spent(cpu_before, _cpu(members))
        figures, by_worker = _figures(due), _by_worker()
        lone = _lone_lateness(channels)
        copies = _copies(scratch)
        return {
            "sent": figures.sent,
            "lost": sum(1 for text in texts if copies.get(text, 0) == 0),
            "doubled": sum(1 for text in texts if copies.get(text, 0) > 1),
            "channels": len(channels),
            "networks": sorted({channel.network for channel in channels}),
            "calls": calls,
            "seconds": round(figures.seconds, 3),
            "per_second": round(figures.sent / figures.seconds, 1) if figures.seconds else 0.0,
            "verified_seconds": round(all_verified, 3),
            "lateness_p50_s": round(figures.p50, 3),
            "lateness_p99_s": round(figures.p99, 3),
            "lone_lateness_s": round(lone, 3),
            "worker_cpu_ms_per_call": round(cpu["workers"] * 1000 / calls, 3) if calls else 0.0,
            "cpu_seconds": {name: round(value, 2) for name, value in cpu.items()},
            "fsync": _fsync(),
            "ideal_seconds": round(PER_CHANNEL * latency_ms / 1000, 3),
            "workers": workers,
            "sent_by_worker": by_worker,
        }


def _plan(channels: Sequence["Channel"], texts: Sequence[str], lead_seconds: float) -> datetime:
    """One post for each pair, all due at one instant so far ahead; returns that instant."""
    from django.db import connection, transaction
    from django.utils import timezone

    from tesselle.compose.models import Post, Revision, Variant
    from tesselle.domain.content import Content
    from tesselle.ledger.models import Delivery
    from tesselle.ledger.services.planning import fingerprint

    workspace = channels[0].workspace
    contents = [Content(text=text, title=text) for text in texts]
    with transaction.atomic():
        posts = Post.objects.bulk_create(Post(workspace=workspace, name=c.text) for c in contents)
        revisions = Revision.objects.bulk_create(
            Revision(post=post, number=1, shared=content.to_json())
            for post, content in zip(posts, contents, strict=True)
        )
        variants = Variant.objects.bulk_create(
            Variant(revision=revision, channel=channel, body=content.to_json())
            for channel, revision, content in zip(channels, revisions, contents, strict=True)
        )
        due = timezone.now() + timedelta(seconds=lead_seconds)
        Delivery.objects.bulk_create(
            Delivery(
                workspace=workspace,
                channel_id=variant.channel_id,
                post_id=variant.revision.post_id,
                variant=variant,
                due_at=due,
                next_at=due,
                fingerprint=fingerprint(content),
            )
            for variant, content in zip(variants, contents, strict=True)
        )
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY tesselle_due")
    return due


def _wait_until_done(deliveries: int, *, seconds: float) -> float:
    """Until all are live or sent, as measured from the last acceptance."""
    from django.db.models import Max

    from tesselle.ledger.models import Delivery

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if Delivery.objects.filter(state__in=["live", "sent"]).count() >= deliveries:
            break
        time.sleep(0.2)
    span = Delivery.objects.aggregate(accepted=Max("accepted_at"), live=Max("live_at"))
    if span["accepted"] is None or span["live"] is None:
        return -1.0
    return float(max((span["live"] - span["accepted"]).total_seconds(), 0.0))


@dataclass(frozen=True, slots=True)
class Burst:
    sent: int
    seconds: float
    p50: float
    p99: float


def _figures(due: datetime) -> Burst:
    """From the instant to the last acceptance; lateness is the time to each first byte."""
    from tesselle.ledger.models import Attempt

    rows = list(Attempt.objects.filter(state__in=["accepted", "found"]).values_list("started_at", "ended_at"))
    late = sorted((started - due).total_seconds() for started, _ in rows if started is not None)
    if not late:
        return Burst(0, 0.0, 0.0, 0.0)
    seconds = max((ended - due).total_seconds() for _, ended in rows if ended is not None)
    return Burst(len(rows), seconds, late[len(late) // 2], late[min(len(late) - 1, int(len(late) * 0.99))])


def _by_worker() -> list[int]:
    """How many each worker sent: two on one database share a burst."""
    from django.db.models import Count

    from tesselle.ledger.models import Attempt

    sent = Attempt.objects.filter(state__in=["accepted", "found"]).values("worker_id")
    return [row["n"] for row in sent.annotate(n=Count("id")).order_by("worker_id")]


def _lone_lateness(channels: Sequence["Channel"]) -> float:
    """One delivery alone on each network, one after the other; the slowest from instant to acceptance."""
    from tesselle.ledger.models import Attempt, Delivery

    worst = -1.0
    for number, channel in enumerate({channel.network: channel for channel in channels}.values()):
        text = f"Seul {number}"
        due = _plan([channel], [text], 1.5)
        lone = Delivery.objects.filter(post__name=text, accepted_at__isnull=False)
        end = time.monotonic() + 30
        while not lone.exists() and time.monotonic() < end:
            time.sleep(0.05)
        ended = Attempt.objects.filter(delivery__post__name=text, state="accepted").values_list("ended_at")
        worst = max(worst, *((at - due).total_seconds() for (at,) in ended if at is not None), 0.0)
    return worst


def _requests(scratch: Scratch) -> int:
    return int(sum(scratch.ask_sandbox("requests").values()))


def _cpu(members: dict[str, list[int]]) -> dict[str, float]:
    return {name: cpu_seconds(pids) for name, pids in members.items()}


def _spent(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    return {name: after[name] - before[name] for name in before}


def _copies(scratch: Scratch) -> dict[str, int]:
    """How many public copies of each text the networks hold."""
    from tesselle.networks import slugs

    copies: dict[str, int] = {}
    for slug in slugs():
        for post in scratch.ask_sandbox(f"truth?network={slug}"):
            if post["removed"] or post["draft"]:
                continue
            text = post["title"] or post["text"]
            copies[text] = copies.get(text, 0) + 1
    return copies


def _fsync() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync') || '/' || current_setting('synchronous_commit')")
        return str(cursor.fetchone()[0])
