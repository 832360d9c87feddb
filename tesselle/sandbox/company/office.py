"""What goes to others and what is noted of money and peers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tesselle.channels.models import Channel
from tesselle.measure.boards.peers import add_peer, note_figures
from tesselle.measure.models import BusinessResult, PeerFigure
from tesselle.measure.spending.services import choose_rate, note_spending
from tesselle.plan.rhythm.feeds import open_feed
from tesselle.report.links import make_link
from tesselle.report.month import Month
from tesselle.sandbox.company.life import life
from tesselle.workspaces.models import User, Workspace

REPORTED_DAYS_AGO = 10


def let_others_read(workspace: Workspace, *, by: User) -> None:
    """A partner sees the calendar, and the accountant the report of the month that most was written in."""
    told = life()["outside"]
    open_feed(workspace, told["calendar"], by=by, days=told["days"])
    month = Month.of(workspace.today() - timedelta(days=REPORTED_DAYS_AGO), workspace.tz)
    make_link(workspace, month, name=told["report"], days=told["days"], by=by)


def note_costs(workspace: Workspace, channels: Sequence[Channel], *, by: User) -> None:
    by_network = {channel.network: channel for channel in channels}
    choose_rate(workspace, Decimal(life()["costs"]["hour"]), by=by)
    for told in life()["spending"]:
        for days in told["days"]:
            note_spending(workspace, _spent(workspace, told, by_network, days), by=by)
    BusinessResult.objects.bulk_create(
        BusinessResult(
            workspace=workspace,
            kind=BusinessResult.Kind.JOB,
            day=workspace.today() - timedelta(days=told["days"]),
            channel=by_network.get(told.get("network", "")),
            value=told["value"],
            noted_by=by,
        )
        for told in life()["jobs"]
    )


def _spent(
    workspace: Workspace, told: Mapping[str, Any], by_network: Mapping[str, Channel], days: int
) -> dict[str, Any]:
    return {
        "day": workspace.today() - timedelta(days=days),
        "purpose": told["purpose"],
        "minutes": told.get("minutes"),
        "amount": Decimal(told["amount"]) if "amount" in told else None,
        "channel": by_network.get(told.get("network", "")),
        "note": told["note"],
    }


def watch_peers(workspace: Workspace, channels: Sequence[Channel], *, by: User) -> None:
    """Earlier readings as rows, since a reading is always today's; the last one by its service."""
    here = {channel.network for channel in channels}
    for told in life()["peers"]:
        if told["network"] not in here:
            continue
        url = f"https://{told['site']}/"
        peer = add_peer(workspace, {"name": told["name"], "network": told["network"], "url": url}, by=by)
        *earlier, (_, followers, posts, interactions) = told["read"]
        PeerFigure.objects.bulk_create(
            PeerFigure(
                peer=peer,
                day=workspace.today() - timedelta(days=days),
                followers=then,
                posts=looked_at,
                interactions=counted,
                noted_by=by,
            )
            for days, then, looked_at, counted in earlier
        )
        note_figures(peer, {"followers": followers, "posts": posts, "interactions": interactions}, by=by)
