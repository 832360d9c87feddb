"""The demo company's visits: a file as the statistics of its website would give it, brought as a person brings one."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from tesselle.channels.models import Channel
from tesselle.links import addresses
from tesselle.measure.brought import keeping, looking
from tesselle.workspaces.models import User, Workspace

NAME = "visites-du-site.csv"
DAYS = 21
HEAD = ("Date", "utm_source", "utm_medium", "utm_campaign", "Visits")
SEED = 20


def bring_visits(workspace: Workspace, channels: Sequence[Channel], by: User) -> None:
    """Three weeks, up to yesterday."""
    data = visits_file(workspace, channels).encode()
    seen = looking.look_at(looking.set_aside(workspace, None, NAME, data, by=by))
    keeping.keep_visits(seen.source, seen.visits(), left_out=0, by=by)


def visits_file(workspace: Workspace, channels: Sequence[Channel]) -> str:
    """Some from each network, and those who came otherwise; the same each time."""
    chance, stream = Random(SEED), io.StringIO()  # noqa: S311 - a practice world is no secret
    lines = csv.writer(stream)
    lines.writerow(HEAD)
    networks = sorted({channel.network for channel in channels})
    liked = {network: chance.uniform(0, 6) for network in networks}
    for days_ago in range(DAYS, 0, -1):
        day = (workspace.today() - timedelta(days=days_ago)).isoformat()
        lines.writerow((day, "", "", "", chance.randint(18, 45)))
        for network in networks:
            if visits := round(chance.expovariate(1) * liked[network]):
                lines.writerow((day, network, addresses.medium_of(network), "", visits))
    return stream.getvalue()
