"""The extra choices of a post on Reddit."""

from tesselle.connectors.card import OptionField
from tesselle.domain.messages import N_

COMMUNITY = "community"
FLAIR = "flair"
SPOILER = "spoiler"
ADULTS = "nsfw"
REPEAT_LINK = "repeat_link"

VIDEO = "video"
"""The format of a film; the first format is for text, links and pictures."""

OPTIONS = (
    OptionField(
        name=COMMUNITY,
        label=N_("Community"),
        help=N_("One post, one community: the same post in many of them is what Reddit calls spam."),
        kind="remote_choice",
        required=True,
    ),
    OptionField(
        name=FLAIR,
        label=N_("Flair"),
        help=N_("The label that the community puts before the title. Some communities insist on one."),
        kind="remote_choice",
        depends_on=COMMUNITY,
    ),
    OptionField(name=SPOILER, label=N_("Hide it as a spoiler"), kind="switch"),
    OptionField(name=ADULTS, label=N_("For adults only (NSFW)"), kind="switch"),
    OptionField(
        name=REPEAT_LINK,
        label=N_("Post the link even if the community has it already"),
        help=N_("Otherwise Reddit refuses an address that somebody has posted there before."),
        kind="switch",
    ),
)
