"""The extra choices of a message."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_
from tesselle.networks.discord.limits import THREAD_NAME

OPTIONS = (
    OptionField(
        name="mentions",
        label=N_("Who is called"),
        help=N_("Otherwise @everyone, @here and names are shown, but nobody is notified."),
        kind="choice",
        choices=(
            Choice("", N_("Nobody")),
            Choice("named", N_("The people and roles named in the text")),
            Choice("everyone", N_("Also @everyone and @here")),
        ),
    ),
    OptionField(
        name="silent",
        label=N_("Send silently"),
        help=N_("Nobody’s device rings."),
        kind="switch",
    ),
    OptionField(
        name="previews",
        label=N_("Previews of links"),
        help=N_("Discord draws them from the linked page."),
        kind="choice",
        choices=(Choice("", N_("Shown")), Choice("none", N_("None"))),
    ),
    OptionField(
        name="thread_name",
        label=N_("Title of the forum post"),
        help=N_("Needed in a forum or media channel, where it opens a new post; leave it empty elsewhere."),
        maximum=THREAD_NAME,
    ),
    OptionField(
        name="thread",
        label=N_("Number of a thread"),
        help=N_("To write into a thread that is there: right-click it in Discord, Copy Thread ID."),
        maximum=20,
    ),
)

SUPPRESS_EMBEDS = 1 << 2
SUPPRESS_NOTIFICATIONS = 1 << 12
_CALLED = {"named": ["users", "roles"], "everyone": ["users", "roles", "everyone"]}
_OFF = {"", "0", "off", "no", "false"}


def allowed_mentions(options: Mapping[str, str]) -> dict[str, Any]:
    """Always said: without it, a name in the text would ring."""
    return {"parse": _CALLED.get(options.get("mentions", ""), [])}


def flags(options: Mapping[str, str], *, has_embed: bool) -> int:
    found = 0
    if options.get("previews") == "none" and not has_embed:
        found |= SUPPRESS_EMBEDS
    if options.get("silent", "").lower() not in _OFF:
        found |= SUPPRESS_NOTIFICATIONS
    return found
