"""How each state looks: a word, an icon and a tone. Never by colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class StateLook:
    word: str | Promise
    icon: str
    tone: str


DELIVERY_STATES: dict[str, StateLook] = {
    "planned": StateLook(pgettext_lazy("delivery state", "Planned"), "clock", "quiet"),
    "queued": StateLook(pgettext_lazy("delivery state", "Queued"), "queue", "info"),
    "sending": StateLook(pgettext_lazy("delivery state", "Sending"), "send", "info"),
    "processing": StateLook(pgettext_lazy("delivery state", "Processing"), "processing", "info"),
    "live": StateLook(pgettext_lazy("delivery state", "Live"), "live", "good"),
    "sent": StateLook(pgettext_lazy("delivery state", "Sent"), "check", "quiet"),
    "waiting": StateLook(pgettext_lazy("delivery state", "Waiting"), "hourglass", "attention"),
    "settling": StateLook(pgettext_lazy("delivery state", "Being looked up"), "search", "attention"),
    "partial": StateLook(pgettext_lazy("delivery state", "Partly out"), "partial", "attention"),
    "blocked": StateLook(pgettext_lazy("delivery state", "Blocked"), "lock", "danger"),
    "refused": StateLook(pgettext_lazy("delivery state", "Refused"), "refused", "danger"),
    "unknown": StateLook(pgettext_lazy("delivery state", "Unknown"), "question", "attention"),
    "missed": StateLook(pgettext_lazy("delivery state", "Missed"), "missed", "attention"),
    "cancelled": StateLook(pgettext_lazy("delivery state", "Cancelled"), "cancelled", "faded"),
    "removed": StateLook(pgettext_lazy("delivery state", "Removed"), "trash", "faded"),
}

POST_STATES: dict[str, StateLook] = {
    "draft": StateLook(pgettext_lazy("post state", "Draft"), "pencil", "quiet"),
    "approved": StateLook(pgettext_lazy("post state", "Approved"), "check", "good"),
    "in_review": StateLook(pgettext_lazy("post state", "In review"), "eye", "info"),
    "changes_asked": StateLook(pgettext_lazy("post state", "Changes asked"), "reply", "attention"),
}


def look(state: str) -> StateLook:
    """Raises KeyError for a state nobody drew: a missing badge is a mistake of ours, not of the reader."""
    return DELIVERY_STATES.get(state) or POST_STATES[state]
