"""`tesselle bench burst`: many deliveries due at one instant, one worker process.

The simulated networks answer after a latency from their own process over loopback HTTP.
"""

import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tesselle.ops.scratch import Scratch, scratch_installation

PER_CHANNEL = 5
LEAD_SECONDS = 4.0
"""The instant lies so far ahead, so that the worker is up and idle when it comes."""


def run(*, deliveries: int, latency_ms: int, workers: int = 1) -> dict[str, Any]:
    """The measured figures, as the command prints them."""
    with scratch_installation() as scratch:
        scratch.start_sandboxes()
        channels = _open_channels(scratch, max(1, deliveries // PER_CHANNEL))
        scratch.ask_sandbox("latency_ms", {"latency_ms": latency_ms}, "PUT")
        processes = [scratch.start("tesselle.ops.bench.work") for _ in range(workers)]
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        calls_before = _requests(scratch)
        due = _plan(channels, deliveries)
        all_verified = _wait_until_done(deliveries, seconds=120 + deliveries / 10)
        calls = _requests(scratch) - calls_before
        cpu = 0.0
        for process in processes:
            scratch.stop(process)
            assert process.stdout is not None
            cpu += json.loads(process.stdout.read().strip().splitlines()[-1])["cpu_seconds"]
        figures = _figures(due)
        copies = _copies(scratch)
        texts = [f"Envoi {number}" for number in range(deliveries)]
        return {
            "sent": figures.sent,
            "lost": sum(1 for text in texts if copies.get(text, 0) == 0),
            "doubled": sum(1 for text in texts if copies.get(text, 0) > 1),
            "channels": len(channels),
            "calls": calls,
            "seconds": round(figures.seconds, 3),
            "per_second": round(figures.sent / figures.seconds, 1) if figures.seconds else 0.0,
            "verified_seconds": round(all_verified, 3),
            "lateness_p50_s": round(figures.p50, 3),
            "lateness_p99_s": round(figures.p99, 3),
            "worker_cpu_ms_per_call": round(cpu * 1000 / calls, 3) if calls else 0.0,
            "fsync": _fsync(),
            "ideal_seconds": round(PER_CHANNEL * latency_ms / 1000, 3),
            "workers": workers,
        }


def _open_channels(scratch: Scratch, count: int) -> list[Any]:
    """Channels spread evenly over all networks there are, connected like any other."""
    from tesselle.channels.services import connect, try_connection
    from tesselle.networks import slugs
    from tesselle.workspaces.models import Workspace

    workspace = Workspace.objects.create(name="Mesure")
    names = slugs()
    wanted = [
        {"network": names[n % len(names)], "handle": f"mesure{n}", "name": "Mesure"} for n in range(count)
    ]
    opened = scratch.ask_sandbox("accounts", wanted)
    channels = []
    for wish, account in zip(wanted, opened, strict=True):
        identity = try_connection(workspace=workspace, network=wish["network"], answers=account["answers"])
        channels.append(connect(workspace=workspace, network=wish["network"], identity=identity, by=None))
    return channels


def _plan(channels: list[Any], deliveries: int) -> Any:
    """All due at one instant a few seconds ahead; returns that instant."""
    from django.db import connection, transaction
    from django.utils import timezone

    from tesselle.compose.models import Post, Revision, Variant
    from tesselle.domain.content import Content
    from tesselle.ledger.models import Delivery
    from tesselle.ledger.services.planning import fingerprint

    workspace = channels[0].workspace
    contents = [Content(text=f"Envoi {number}", title=f"Envoi {number}") for number in range(deliveries)]
    with transaction.atomic():
        posts = Post.objects.bulk_create(Post(workspace=workspace, name=c.text) for c in contents)
        revisions = Revision.objects.bulk_create(
            Revision(post=post, number=1, shared=content.to_json())
            for post, content in zip(posts, contents, strict=True)
        )
        variants = Variant.objects.bulk_create(
            Variant(revision=revision, channel=channels[number % len(channels)], body=content.to_json())
            for number, (revision, content) in enumerate(zip(revisions, contents, strict=True))
        )
        due = timezone.now() + timedelta(seconds=LEAD_SECONDS + deliveries / 2000)
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


def _figures(due: Any) -> Burst:
    """From the instant to the last acceptance; lateness is the time to each first byte."""
    from tesselle.ledger.models import Attempt

    rows = list(Attempt.objects.filter(state__in=["accepted", "found"]).values_list("started_at", "ended_at"))
    late = sorted((started - due).total_seconds() for started, _ in rows)
    if not late:
        return Burst(0, 0.0, 0.0, 0.0)
    seconds = max((ended - due).total_seconds() for _, ended in rows)
    return Burst(len(rows), seconds, late[len(late) // 2], late[min(len(late) - 1, int(len(late) * 0.99))])


def _requests(scratch: Scratch) -> int:
    return int(sum(scratch.ask_sandbox("requests").values()))


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
