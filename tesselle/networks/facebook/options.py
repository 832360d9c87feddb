"""The extra choices of a post."""

from tesselle.connectors.card import OptionField
from tesselle.domain.messages import N_
from tesselle.networks.facebook.limits import REEL

AI_GENERATED = "ai_generated"

OPTIONS = (
    OptionField(
        name=AI_GENERATED,
        label=N_("Made with artificial intelligence"),
        help=N_("Facebook shows it below the reel. Tick it where people could take the film for real."),
        kind="switch",
        formats=(REEL,),
    ),
)
