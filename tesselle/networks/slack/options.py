"""The extra choices of a message."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_

OPTIONS = (
    OptionField(
        name="markup",
        label=N_("Signs like * and _"),
        help=N_("Slack reads *bold*, _italic_ and ~struck~ as formatting."),
        kind="choice",
        choices=(Choice("", N_("Formatting, as Slack reads them")), Choice("plain", N_("Ordinary signs"))),
    ),
    OptionField(
        name="previews",
        label=N_("Previews of links"),
        help=N_("Slack draws them from the linked page."),
        kind="choice",
        choices=(Choice("", N_("Shown")), Choice("none", N_("None"))),
    ),
)


def fields_for(options: Mapping[str, str]) -> dict[str, Any]:
    """What the choices add to a message."""
    shown = options.get("previews") != "none"
    fields: dict[str, Any] = {"unfurl_links": shown, "unfurl_media": shown}
    return {**fields, "mrkdwn": False} if options.get("markup") == "plain" else fields
