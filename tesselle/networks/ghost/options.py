"""The extra choices for a post on a Ghost site."""

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_
from tesselle.networks.ghost.limits import EXCERPT_SIGNS

OPTIONS = (
    OptionField(
        "tags",
        N_("Tags"),
        N_("Separated by commas, the main one first; those that are missing are created."),
    ),
    OptionField(
        "excerpt",
        N_("Excerpt"),
        N_("One or two sentences for lists and search results."),
        maximum=EXCERPT_SIGNS,
    ),
    OptionField(
        "visibility",
        N_("Who may read it"),
        kind="choice",
        choices=(
            Choice("", N_("Everybody")),
            Choice("members", N_("Members only")),
            Choice("paid", N_("Paying members only")),
        ),
    ),
)


def names(listed: str) -> list[str]:
    """The names in a list typed with commas, each once, in order."""
    return list(dict.fromkeys(name.strip().lstrip("#") for name in listed.split(",") if name.strip(" #")))
