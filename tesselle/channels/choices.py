"""Lists that are read from a network (boards, playlists): kept, and read again when somebody asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from tesselle.channels.conversation import ask
from tesselle.channels.models import Channel, RemoteChoices
from tesselle.connectors.card import Choice, OptionField
from tesselle.connectors.fields import fields_for
from tesselle.connectors.protocols import Api, Chooses, Connector
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.networks import plugin


@dataclass(frozen=True, slots=True)
class KeptChoices:
    """`read_at` None: nobody has read the list yet."""

    choices: tuple[Choice, ...] = ()
    read_at: datetime | None = None


def kept_choices(channels: Iterable[Channel]) -> dict[tuple[int, str, str], KeptChoices]:
    """By channel, option and what it stands under; one query for all channels of a page."""
    rows = RemoteChoices.objects.filter(channel__in=list(channels))
    return {
        (row.channel_id, row.option, row.under): KeptChoices(_choices(row.choices), row.read_at)
        for row in rows
    }


def read_again(channel: Channel, option: OptionField, chosen: Mapping[str, str]) -> KeptChoices:
    """Ask the network now, and keep the answer.

    Raises:
        RuleError: what the list depends on is not chosen yet.
        NetworkError: its sentence says what is wrong; the list stays what it was.
    """
    under = chosen.get(option.depends_on, "") if option.depends_on else ""
    if option.depends_on and not under:
        raise RuleError(_CHOOSE_FIRST)

    async def read(connector: Connector, api: Api) -> tuple[Choice, ...]:
        if not isinstance(connector, Chooses):
            raise LookupError(f"{channel.network} declares {option.name}, but reads no lists")
        return await connector.choices(option.name, chosen, api)

    found = ask(channel, read)
    RemoteChoices.objects.update_or_create(
        channel=channel,
        option=option.name,
        under=under[:300],
        defaults={"choices": stored(found), "read_at": timezone.now()},
    )
    if option.depends_on and _is_typed(channel, option.depends_on):
        _forget_old(channel, option.name)
    return KeptChoices(found, timezone.now())


SEARCHES_KEPT = 20
"""Lists under what people typed are no end of lists; the newest of a channel are enough."""


def _is_typed(channel: Channel, name: str) -> bool:
    return any(one.name == name and one.kind == "text" for one in plugin(channel.network).card.options)


def _forget_old(channel: Channel, option: str) -> None:
    rows = RemoteChoices.objects.filter(channel=channel, option=option).order_by("-read_at", "-pk")
    RemoteChoices.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[SEARCHES_KEPT:])).delete()


def first_choices(channel: Channel) -> dict[str, str]:
    """The first of what is offered wherever a post cannot do without a choice; for posts that nobody
    composes by hand.

    Raises:
        NetworkError: a list cannot be read.
    """
    network = plugin(channel.network)
    limits = network.connector.limits(channel.account())
    chosen: dict[str, str] = {}
    for field in fields_for(network.card, channel.kind, limits):
        if field.required:
            remote = field.kind == "remote_choice"
            offered = read_again(channel, field, chosen).choices if remote else field.choices
            chosen[field.name] = offered[0].value
    return chosen


def stored(choices: Iterable[Choice]) -> list[dict[str, str]]:
    return [{"value": one.value, "label": one.label, "help": one.help} for one in choices]


def _choices(rows: Any) -> tuple[Choice, ...]:
    return tuple(Choice(str(row["value"]), str(row["label"]), str(row.get("help", ""))) for row in rows)


_CHOOSE_FIRST = N_("Choose what this list belongs to first.")
