"""The extra choices of a post on a channel."""

from collections.abc import Mapping

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_

OPTIONS = (
    OptionField(
        name="silent",
        label=N_("Send silently"),
        help=N_("Subscribers get the post without a sound."),
        kind="switch",
    ),
    OptionField(
        name="protect",
        label=N_("Protect the content"),
        help=N_("Readers can neither forward nor save it."),
        kind="switch",
    ),
    OptionField(
        name="preview",
        label=N_("Link preview"),
        help=N_("Telegram draws it from the linked page; it can take a moment or be missing."),
        kind="choice",
        choices=(
            Choice("", N_("As Telegram decides")),
            Choice("large", N_("Large picture")),
            Choice("small", N_("Small picture")),
            Choice("above", N_("Above the text")),
            Choice("none", N_("None")),
        ),
    ),
)

_OFF = {"", "0", "off", "no", "false"}


def is_on(options: Mapping[str, str], name: str) -> bool:
    """Whether a switch is on."""
    return options.get(name, "").lower() not in _OFF
