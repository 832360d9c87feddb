"""The extra choices for a post on a WordPress site."""

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_

OPTIONS = (
    OptionField(
        "categories",
        N_("Categories"),
        N_("Separated by commas. An editor’s account creates those that are missing."),
    ),
    OptionField("tags", N_("Tags"), N_("Separated by commas; those that are missing are created.")),
    OptionField(
        "excerpt",
        N_("Excerpt"),
        N_("One or two sentences for lists and search results; about 155 characters are shown."),
    ),
    OptionField(
        "comment_status",
        N_("Comments"),
        kind="choice",
        choices=(
            Choice("", N_("As the site is set")),
            Choice("open", N_("Allowed")),
            Choice("closed", N_("Closed")),
        ),
    ),
    OptionField(
        "picture",
        N_("Where a single picture goes"),
        N_("Most themes show the featured image above the text by themselves."),
        kind="choice",
        choices=(
            Choice("featured", N_("Featured image")),
            Choice("body", N_("In the text")),
            Choice("both", N_("Both")),
        ),
        default="featured",
    ),
)


def names(listed: str) -> list[str]:
    """The names in a list typed with commas, each once, in order."""
    return list(dict.fromkeys(name.strip().lstrip("#") for name in listed.split(",") if name.strip(" #")))
