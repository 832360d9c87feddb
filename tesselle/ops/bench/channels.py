"""Channels for a measurement: accounts opened in the served sandboxes, connected like any other."""

from typing import TYPE_CHECKING

from tesselle.ops.scratch import Scratch

if TYPE_CHECKING:
    from tesselle.channels.models import Channel
    from tesselle.domain.content import Content
    from tesselle.workspaces.models import Workspace


def open_channels(
    scratch: Scratch, workspace: "Workspace", count: int, *, networks: int | None = None
) -> list["Channel"]:
    """Spread evenly over the networks that are switched on and take a post of nothing but words: over all, or
    over so many of them, the first by name."""
    from django.db.models.functions import Now

    from tesselle.channels.models import Channel
    from tesselle.channels.switches import off_in
    from tesselle.networks import slugs

    off = off_in(workspace)
    first = _opened(scratch, workspace, [slug for slug in slugs() if slug not in off], 0)
    able = [channel for channel in first if takes_words_alone(channel)][:networks]
    Channel.objects.exclude(pk__in=[channel.pk for channel in able[:count]]).delete()
    names = tuple(channel.network for channel in able)
    more = [names[n % len(names)] for n in range(len(able), count)]
    channels = able[:count] + _opened(scratch, workspace, more, len(first))
    # They were connected long before: reading their past is no part of what is measured.
    Channel.objects.filter(workspace=workspace).update(history_read_at=Now())
    return channels


def _opened(
    scratch: Scratch, workspace: "Workspace", networks: "list[str] | tuple[str, ...]", number: int
) -> list["Channel"]:
    from tesselle.channels.services import connect, try_connection

    wanted = [
        {"network": network, "handle": f"mesure{n}", "name": f"Mesure {n}"}
        for n, network in enumerate(networks, number)
    ]
    channels = []
    for wish, account in zip(wanted, scratch.ask_sandbox("accounts", wanted), strict=True):
        identity = try_connection(workspace=workspace, network=wish["network"], answers=account["answers"])
        channels.append(connect(workspace=workspace, network=wish["network"], identity=identity, by=None))
    return channels


def takes_words_alone(channel: "Channel") -> bool:
    """Not so for a network on which everything is a picture or a film, nor for a list, where one delivery
    is as many calls as it has readers."""
    from tesselle.connectors.card import Ability
    from tesselle.connectors.fields import fields_for
    from tesselle.domain.checks import check, is_plannable
    from tesselle.networks import plugin

    account, network = channel.account(), plugin(channel.network)
    limits, content = network.connector.limits(account), words_alone("Mesure")
    fields = fields_for(network.card, account.kind, limits, content.format)
    if Ability.SUBSCRIBERS in network.card.abilities:
        return False
    return is_plannable(check(content, limits, options=fields))


def words_alone(text: str) -> "Content":
    from tesselle.domain.content import Content

    return Content(text=text, title=text, language="fr")
