"""What channels want somebody to know: for the channels' own pages and for “needs you”."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tesselle.channels.checkup import WARN_AHEAD
from tesselle.channels.models import Channel
from tesselle.channels.selectors import channels_of
from tesselle.domain.messages import N_, Message
from tesselle.workspaces.models import Workspace

NoticeKind = Literal["blocked", "sign_in_ended", "sign_in_ends", "renewal_failed"]


@dataclass(frozen=True, slots=True)
class ChannelNotice:
    """`is_urgent`: posts already stand still, or soon will. `until`: when that is. An owner or a
    manager can mend it: `workspaces.access.Right.MANAGE`."""

    channel: Channel
    kind: NoticeKind
    message: Message
    is_urgent: bool
    until: datetime | None = None


def channel_notices(workspace: Workspace) -> tuple[ChannelNotice, ...]:
    """The urgent ones first; one query, whatever the number of channels."""
    soon = workspace.now() + WARN_AHEAD
    found = (notice_of(channel, workspace.now(), soon) for channel in channels_of(workspace))
    return tuple(sorted((one for one in found if one), key=lambda one: not one.is_urgent))


def notice_of(channel: Channel, now: datetime, soon: datetime | None = None) -> ChannelNotice | None:
    """The gravest thing to say about one channel."""
    soon = soon or now + WARN_AHEAD
    params: dict[str, str | int] = {"channel": channel.handle}
    until = channel.signed_in_until
    if channel.blocked_reason:
        return ChannelNotice(channel, "blocked", Message(_BLOCKED, params), True)
    if until is not None and until <= now:
        return ChannelNotice(channel, "sign_in_ended", Message(_ENDED, params), True, until)
    if channel.renew_failures:
        urgent = until is not None and until - now < timedelta(days=1)
        return ChannelNotice(channel, "renewal_failed", Message(_NOT_RENEWED, params), urgent, until)
    if until is not None and until <= soon:
        params["days"] = max((until - now).days, 0)
        return ChannelNotice(channel, "sign_in_ends", Message(_ENDS, params), False, until)
    return None


_BLOCKED = N_("Nothing leaves on %(channel)s until somebody reconnects it.")
_ENDED = N_("The sign-in of %(channel)s has ended. Reconnect it before the next post.")
_NOT_RENEWED = N_(
    "The sign-in of %(channel)s could not be renewed. We keep trying; reconnect it to be on the safe side."
)
_ENDS = N_("The sign-in of %(channel)s ends in %(days)s days. Reconnect it, which takes a minute.")
