"""The extra choices of a film."""

from collections.abc import Mapping

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_
from tesselle.networks.youtube.limits import TAGS_UNITS

MADE_FOR_KIDS = "made_for_kids"
PRIVACY = "privacy"
PLAYLIST = "playlist"
CATEGORY = "category"
TAGS = "tags"
SYNTHETIC = "synthetic"
QUIET = "quiet"

YES, NO = "yes", "no"
PUBLIC, UNLISTED, PRIVATE = "public", "unlisted", "private"
USUAL_CATEGORY = "22"

OPTIONS = (
    OptionField(
        name=MADE_FOR_KIDS,
        label=N_("Is this film made for children?"),
        help=N_("Comments and some functions are switched off for such films. You answer for it by law."),
        kind="choice",
        choices=(Choice(NO, N_("No, it is not made for children")), Choice(YES, N_("Yes, it is"))),
        required=True,
    ),
    OptionField(
        name=PRIVACY,
        label=N_("Who can see it"),
        kind="choice",
        choices=(
            Choice(PUBLIC, N_("Everyone")),
            Choice(UNLISTED, N_("Whoever has the address")),
            Choice(PRIVATE, N_("Only you, and whom you invite on YouTube")),
        ),
        default=PUBLIC,
    ),
    OptionField(
        name=PLAYLIST,
        label=N_("Playlist"),
        help=N_("Playlists are made on YouTube."),
        kind="remote_choice",
    ),
    OptionField(
        name=CATEGORY,
        label=N_("Category"),
        kind="choice",
        # videoCategories.list names these as assignable everywhere; numbers read 2026-11-25.
        choices=(
            Choice("22", N_("People and blogs")),
            Choice("26", N_("How-to and style")),
            Choice("27", N_("Education")),
            Choice("28", N_("Science and technology")),
            Choice("25", N_("News and politics")),
            Choice("24", N_("Entertainment")),
            Choice("23", N_("Comedy")),
            Choice("1", N_("Film and animation")),
            Choice("10", N_("Music")),
            Choice("17", N_("Sports")),
            Choice("19", N_("Travel and events")),
            Choice("20", N_("Gaming")),
            Choice("15", N_("Pets and animals")),
            Choice("2", N_("Cars and vehicles")),
        ),
        default=USUAL_CATEGORY,
    ),
    OptionField(
        name=TAGS,
        label=N_("Tags"),
        help=N_("Separated by commas. Nobody sees them; they help YouTube to find the film."),
        maximum=TAGS_UNITS,
    ),
    OptionField(
        name=SYNTHETIC,
        label=N_("It shows realistic things made or altered by a machine"),
        help=N_("YouTube asks that this be said, and says it to viewers."),
        kind="switch",
    ),
    OptionField(
        name=QUIET,
        label=N_("Do not tell subscribers about it"),
        kind="switch",
    ),
)


def is_on(options: Mapping[str, str], name: str) -> bool:
    return options.get(name, "") in {"1", "on", "true", "yes"}


def privacy_of(options: Mapping[str, str]) -> str:
    return options.get(PRIVACY) or PUBLIC


def tags_of(options: Mapping[str, str]) -> tuple[str, ...]:
    tags = (tag.strip() for tag in options.get(TAGS, "").split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def tags_length(tags: tuple[str, ...]) -> int:
    """As YouTube counts them: commas between, and quotes around a tag that holds a space."""
    return sum(len(tag) + (2 if " " in tag else 0) for tag in tags) + max(len(tags) - 1, 0)
