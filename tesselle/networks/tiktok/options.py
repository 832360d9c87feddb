"""The extra choices of a post. Who can see it has no default, by TikTok's own rules; comments, duets and
stitches are off until somebody allows them."""

from collections.abc import Mapping

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_
from tesselle.networks.tiktok.limits import PHOTOS
from tesselle.networks.tiktok.wire import DIRECT

PRIVACY = "privacy"
COMMENTS, DUETS, STITCHES = "comments", "duets", "stitches"
OWN_BUSINESS, PAID, MADE_WITH_AI = "own_business", "paid_partnership", "made_with_ai"
MUSIC = "music"
COVER_SECOND = "cover_second"

EVERYONE, FRIENDS, FOLLOWERS, ALONE = (
    "PUBLIC_TO_EVERYONE",
    "MUTUAL_FOLLOW_FRIENDS",
    "FOLLOWER_OF_CREATOR",
    "SELF_ONLY",
)
LEVELS = (
    Choice(EVERYONE, N_("Everyone")),
    Choice(FRIENDS, N_("Friends: followers you follow back")),
    Choice(FOLLOWERS, N_("Your followers")),
    Choice(ALONE, N_("Only you")),
)
ONLY = (DIRECT,)

OPTIONS = (
    OptionField(
        name=PRIVACY,
        label=N_("Who can see it on TikTok"),
        help=N_("By posting, you agree to TikTok’s Music Usage Confirmation."),
        kind="remote_choice",
        choices=LEVELS,
        required=True,
        account_kinds=ONLY,
    ),
    OptionField(name=COMMENTS, label=N_("Allow comments"), kind="switch", account_kinds=ONLY),
    OptionField(
        name=DUETS,
        label=N_("Allow duets"),
        help=N_("Others show their film beside yours."),
        kind="switch",
        account_kinds=ONLY,
        formats=("",),
    ),
    OptionField(
        name=STITCHES,
        label=N_("Allow stitches"),
        help=N_("Others use a part of yours in their film."),
        kind="switch",
        account_kinds=ONLY,
        formats=("",),
    ),
    OptionField(
        name=OWN_BUSINESS,
        label=N_("It promotes your own business"),
        help=N_("TikTok labels it “Promotional content”."),
        kind="switch",
        account_kinds=ONLY,
    ),
    OptionField(
        name=PAID,
        label=N_("Somebody pays for it"),
        help=N_(
            "TikTok labels it “Paid partnership”; it cannot be for you alone. By posting, you agree to "
            "TikTok’s Branded Content Policy and Music Usage Confirmation."
        ),
        kind="switch",
        account_kinds=ONLY,
    ),
    OptionField(
        name=MADE_WITH_AI,
        label=N_("Made with AI"),
        help=N_("TikTok labels it so."),
        kind="switch",
        account_kinds=ONLY,
        formats=("",),
    ),
    OptionField(
        name=MUSIC,
        label=N_("Let TikTok add music"),
        kind="switch",
        account_kinds=ONLY,
        formats=(PHOTOS,),
    ),
    OptionField(
        name=COVER_SECOND,
        label=N_("Second of the film that becomes the cover"),
        help=N_("The first one if you leave this empty."),
        maximum=6,
        account_kinds=ONLY,
        formats=("",),
    ),
)


def is_on(options: Mapping[str, str], name: str) -> bool:
    return options.get(name, "") in {"1", "on", "true", "yes"}
