"""The extra choices of a post."""

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_

REPLIES = "reply_settings"
MADE_WITH_AI = "made_with_ai"
PAID = "paid_partnership"

OPTIONS = (
    OptionField(
        name=REPLIES,
        label=N_("Who can reply"),
        kind="choice",
        choices=(
            Choice("everyone", N_("Everyone")),
            Choice("following", N_("Accounts you follow")),
            Choice("mentionedUsers", N_("Only accounts named in the post")),
            Choice("subscribers", N_("Subscribers")),
            Choice("verified", N_("Verified accounts")),
        ),
        default="everyone",
    ),
    OptionField(
        name=MADE_WITH_AI,
        label=N_("Made with AI"),
        help=N_("X marks the post as made with artificial intelligence."),
        kind="switch",
    ),
    OptionField(
        name=PAID,
        label=N_("Paid partnership"),
        help=N_("X marks the post as advertising."),
        kind="switch",
    ),
)

_YES = {"1", "on", "true", "yes"}


def is_on(value: str) -> bool:
    return value.lower() in _YES
