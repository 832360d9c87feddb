"""The extra choices of a pin."""

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_

BOARD = "board"
SECTION = "section"
COVER = "cover"

OPTIONS = (
    OptionField(
        name=BOARD,
        label=N_("Board"),
        help=N_("Where the pin is kept. Boards are made on Pinterest."),
        kind="remote_choice",
        required=True,
    ),
    OptionField(
        name=SECTION,
        label=N_("Section of the board"),
        kind="remote_choice",
        depends_on=BOARD,
    ),
    OptionField(
        name=COVER,
        label=N_("Picture that stands for a film"),
        help=N_("Pinterest shows it until the film is played."),
        kind="choice",
        choices=(
            Choice("", N_("From its beginning")),
            Choice("middle", N_("From its middle")),
            Choice("end", N_("From its end")),
        ),
    ),
)


def cover_second(chosen: str, seconds: float) -> int:
    """Pinterest takes whole seconds; beyond the end it takes the last picture."""
    return {"middle": int(seconds / 2), "end": int(seconds)}.get(chosen, 0)
