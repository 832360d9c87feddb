"""The extra choices of a post."""

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_

VISIBILITY = "visibility"
CONTENT_WARNING = "content_warning"
SENSITIVE = "sensitive"
FOCUS = "focus"

VISIBILITIES = ("public", "unlisted", "private", "direct")
"""From the widest to the narrowest."""

FOCUS_POINTS = {"top": "0.0,0.8", "middle": "0.0,0.0", "bottom": "0.0,-0.8"}

OPTIONS = (
    OptionField(
        name=VISIBILITY,
        label=N_("Who can see it"),
        help=N_("Later parts of a public thread are left out of the public timelines, as is customary."),
        kind="choice",
        choices=(
            Choice("public", N_("Everyone, listed in the public timelines")),
            Choice("unlisted", N_("Everyone, but not listed")),
            Choice("private", N_("Followers only")),
            Choice("direct", N_("Only the people named in it")),
        ),
        default="public",
    ),
    OptionField(
        name=CONTENT_WARNING,
        label=N_("Content warning"),
        help=N_("The post is folded behind this sentence. It takes room from the text."),
        maximum=500,
    ),
    OptionField(
        name=SENSITIVE,
        label=N_("Hide the pictures until they are clicked"),
        kind="switch",
    ),
    OptionField(
        name=FOCUS,
        label=N_("What stays visible when pictures are cropped"),
        kind="choice",
        choices=(
            Choice("top", N_("The upper part")),
            Choice("middle", N_("The middle")),
            Choice("bottom", N_("The lower part")),
        ),
        default="middle",
    ),
)


def narrower(one: str, other: str) -> str:
    """The visibility that fewer people see; an unknown one counts as the narrowest."""
    return max(one, other, key=lambda name: VISIBILITIES.index(name) if name in VISIBILITIES else 9)
