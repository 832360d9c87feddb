"""The extra choices of a channel as the one generic form draws them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from tesselle.channels.choices import KeptChoices, kept_choices
from tesselle.compose.desk import Place
from tesselle.connectors.card import Ability, Choice, OptionField
from tesselle.domain.content import FORMAT

Lists = Mapping[tuple[int, str, str], KeptChoices]


@dataclass(frozen=True, slots=True)
class OptionShown:
    """`redraws`: other fields depend on it. `read_at`: when the list was read from the network;
    `waits_for`: the label of what has to be chosen before it can be; `reads`: the list to be read for
    what is typed here."""

    name: str
    label: str
    help: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    value: str
    maximum: int
    required: bool = False
    redraws: bool = False
    is_remote: bool = False
    read_at: datetime | None = None
    waits_for: str = ""
    reads: str = ""

    @property
    def is_on(self) -> bool:
        return self.value not in ("", "0", "off", "no", "false")


def lists_for(places: Iterable[Place]) -> Lists:
    """The kept lists of all channels that have any; no query where none has."""
    channels = [place.channel for place in places if Ability.CHOICES in place.card.abilities]
    return kept_choices(channels) if channels else {}


def options_shown(place: Place, values: Mapping[str, str], lists: Lists) -> tuple[OptionShown, ...]:
    fields = place.fields(values.get(FORMAT, ""))
    leading = {option.depends_on for option in fields} | {FORMAT}
    labels = {option.name: option.label for option in fields}
    shown = (
        _shown(option, values, _kept(place, option, values, lists), option.name in leading, labels)
        for option in fields
    )
    reads = {option.depends_on: option.name for option in fields if option.kind == "remote_choice"}
    return tuple(replace(one, reads=reads.get(one.name, "") if one.kind == "text" else "") for one in shown)


def _kept(place: Place, option: OptionField, values: Mapping[str, str], lists: Lists) -> KeptChoices:
    under = values.get(option.depends_on, "") if option.depends_on else ""
    return lists.get((place.channel.pk, option.name, under), KeptChoices())


def _shown(
    option: OptionField,
    values: Mapping[str, str],
    kept: KeptChoices,
    redraws: bool,
    labels: Mapping[str, str],
) -> OptionShown:
    value = values[option.name]
    is_remote = option.kind == "remote_choice"
    waits = bool(option.depends_on) and not values.get(option.depends_on)
    return OptionShown(
        name=option.name,
        label=gettext(option.label),
        help=gettext(option.help) if option.help else "",
        kind="choice" if is_remote else option.kind,
        choices=_remote(option, kept.choices, value) if is_remote else _declared(option, value),
        value=value,
        maximum=option.maximum,
        required=option.required,
        redraws=redraws,
        is_remote=is_remote,
        read_at=kept.read_at,
        waits_for=gettext(labels.get(option.depends_on, "")) if waits and is_remote else "",
    )


def _declared(option: OptionField, value: str) -> tuple[tuple[str, str], ...]:
    choices = tuple((choice.value, gettext(choice.label)) for choice in option.choices)
    return (("", "—"), *choices) if option.required and choices else choices


def _remote(option: OptionField, choices: tuple[Choice, ...], value: str) -> tuple[tuple[str, str], ...]:
    """Names of the network's own are not translated, those that the card knows are. What was chosen and
    is gone stays to be seen."""
    ours = {one.value: gettext(one.label) for one in option.choices}
    named = ((one.value, ours.get(one.value, one.label), one.help) for one in choices)
    known = tuple((one, f"{label} ({gettext(help)})" if help else label) for one, label, help in named)
    lost = ((value, value),) if value and value not in {one.value for one in choices} else ()
    return (("", "—"), *known, *lost)
