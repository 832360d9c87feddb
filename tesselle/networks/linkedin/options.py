"""The extra choices of a post."""

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_
from tesselle.networks.linkedin.limits import MEDIA_TITLE_UNITS

VISIBILITY = "visibility"
NO_RESHARES = "no_reshares"
MEDIA_TITLE = "media_title"

PUBLIC = "PUBLIC"

OPTIONS = (
    OptionField(
        name=VISIBILITY,
        label=N_("Who can see it"),
        kind="choice",
        choices=(
            Choice(PUBLIC, N_("Everyone")),
            Choice("CONNECTIONS", N_("Your connections only")),
        ),
        default=PUBLIC,
        account_kinds=("member",),
    ),
    OptionField(
        name=MEDIA_TITLE,
        label=N_("Title of the document or film"),
        help=N_("Stands on the document. Without one, the first words of the post do."),
        maximum=MEDIA_TITLE_UNITS,
    ),
    OptionField(
        name=NO_RESHARES,
        label=N_("Nobody may repost it"),
        kind="switch",
    ),
)
