"""`tesselle bench practice`: four weeks of a practice company, lived through by one ordinary worker."""

import itertools
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tesselle.ops.bench.channels import takes_words_alone, words_alone
from tesselle.ops.process_tree import cpu_seconds
from tesselle.ops.scratch import scratch_installation

if TYPE_CHECKING:
    from tesselle.channels.models import Channel
    from tesselle.domain.content import Content
    from tesselle.sandbox.models import ClockRun

PATIENCE_S = 600.0
SEED = "bench"


def run(*, weeks: int, channels: int, posts: int, on: int = 1) -> dict[str, Any]:
    """`seconds`: from asking for the clock to be moved until it has arrived. `deliveries`: what was to go
    out, `published` what did; `posts` are spread over the weeks, each on as many channels as `on`."""
    with scratch_installation() as scratch:
        opened = _channels(channels)
        planned = _planned(opened, posts, on, timedelta(weeks=weeks))
        worker = scratch.start("tesselle.ops.bench.work", str(scratch.folder / "spools"))
        scratch.first_line(worker)
        members = {"worker": [worker.pid], "database": [scratch.postgres.own_pid or 0]}
        before = {name: cpu_seconds(pids) for name, pids in members.items()}
        began = time.monotonic()
        done = _lived_through(opened[0], timedelta(weeks=weeks))
        seconds = time.monotonic() - began
        spent = {name: round(cpu_seconds(pids) - before[name], 2) for name, pids in members.items()}
        return {
            "seconds": round(seconds, 2),
            "weeks": weeks,
            "channels": len(opened),
            "networks": [channel.network for channel in opened],
            "posts": posts,
            "deliveries": planned,
            "published": _published(),
            "readings": _readings(),
            "arrived": done.state == done.State.ARRIVED,
            "cpu_seconds": spent,
        }


def _channels(count: int) -> "list[Channel]":
    """One on each network that tells figures and takes words alone, those that companies use most first;
    when there are no more, a second one on each."""
    from django.utils import timezone

    from tesselle.connectors.card import Ability
    from tesselle.networks import plugin, slugs
    from tesselle.networks.most_used import most_used_first
    from tesselle.sandbox.accounts import connect_simulated
    from tesselle.sandbox.models import SeededWorld
    from tesselle.sandbox.practice import register
    from tesselle.workspaces.models import Member, Role, User, Workspace

    register()
    person = User.objects.create_user("mesure@example.org", name="Mesure")
    workspace = Workspace.objects.create(name="Mesure", world_kind=Workspace.WorldKind.PRACTICE)
    Member.objects.create(workspace=workspace, user=person, role=Role.OWNER)
    now = timezone.now()
    SeededWorld.objects.create(workspace=workspace, seed=SEED, began_at=now, remembered_until=now)
    measured = [slug for slug in most_used_first(slugs()) if Ability.MEASURE in plugin(slug).card.abilities]
    opened: list[Channel] = []
    for slug in itertools.cycle(measured):
        channel = connect_simulated(workspace=workspace, network=slug, by=person)
        if takes_words_alone(channel):
            opened.append(channel)
        if len(opened) == count:
            break
    return opened


def _content(number: int) -> "Content":
    return words_alone(f"Chantier {number} : la pose est terminée")


def _planned(channels: "list[Channel]", posts: int, on: int, span: timedelta) -> int:
    """At even distances, each post on so many channels, in turn; how many deliveries that makes."""
    from tesselle.compose.services import Wording, save_post
    from tesselle.plan.services import Slot, plan_post

    workspace, planned = channels[0].workspace, 0
    for number in range(posts):
        at = workspace.now() + (number + 0.5) / posts * span
        chosen = [channels[(number + place) % len(channels)] for place in range(min(on, len(channels)))]
        content = _content(number + 1)
        post = save_post(
            workspace=workspace,
            author=None,
            shared=content,
            wordings=tuple(Wording(channel) for channel in chosen),
            name=content.text,
        )
        slot = Slot(_wall(at, workspace.tz), workspace.zone)
        planned += len(plan_post(post=post, slots={one.pk: slot for one in chosen}, by=None))
    return planned


def _wall(at: datetime, zone: Any) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def _lived_through(channel: "Channel", span: timedelta) -> "ClockRun":
    from tesselle.sandbox.clock.services import go_until
    from tesselle.workspaces.models import User

    workspace = channel.workspace
    asked = go_until(workspace=workspace, until=workspace.now() + span, by=User.objects.get())
    end = time.monotonic() + PATIENCE_S
    while asked.is_going and time.monotonic() < end:
        time.sleep(0.1)
        asked.refresh_from_db()
    return asked


def _published() -> int:
    from tesselle.ledger.models import Delivery

    return Delivery.objects.filter(state__in=["live", "sent"]).count()


def _readings() -> int:
    from tesselle.measure.models import Snapshot

    return Snapshot.objects.count()
