"""Changing and taking down what is out: one delivery, one step for each part it touches."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tesselle.domain.checks import check_as_sent
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.findings import Severity
from tesselle.domain.lifecycle import OUT
from tesselle.domain.messages import N_
from tesselle.ledger.models import Delivery, Purpose
from tesselle.ledger.services.planning import plan_act
from tesselle.networks import plugin
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import User


def content_out(delivery: Delivery) -> Content:
    """The words that stand on the network: as they went out, or as they were last changed."""
    changed = _changed.records({SOME_ID: delivery.pk})
    return changed[0].content if changed else delivery.content


_changed = KeptQuery(
    lambda: Delivery.objects.filter(
        subject=SOME_ID, purpose=Purpose.EDIT, state__in=[state.value for state in OUT]
    ).order_by("-id")[:1],
    is_planned_once=True,
)


def remotes_of(delivery: Delivery) -> dict[int, Mapping[str, Any]]:
    """What each part became, by its position. What a person pointed at belongs to the first."""
    out = {step.position: step.remote for step in delivery.steps.all() if step.remote is not None}
    if not out and delivery.remote:
        out[0] = dict(delivery.remote)
    return out


def edits_title(delivery: Delivery) -> bool:
    """Whether a change of what is out there can change its title."""
    network = plugin(delivery.channel.network)
    limits = network.connector.limits(delivery.channel.account()).of(delivery.content.format)
    return network.card.edits_title and limits.title is not None


def plan_edit(
    delivery: Delivery, texts: Sequence[str], *, title: str | None = None, by: User | None
) -> Delivery:
    """New words for some parts, and a new title where the network takes one; the others are left alone.

    Raises:
        RuleError: nothing differs, or the network would refuse it (`findings` say why).
    """
    standing = content_out(delivery)
    content = replace(standing, text=texts[0], parts=tuple(texts[1:]))
    if title is not None and edits_title(delivery):
        content = replace(content, title=title)
    limits = plugin(delivery.channel.network).connector.limits(delivery.channel.account())
    errors = tuple(one for one in check_as_sent(content, limits) if one.severity is Severity.ERROR)
    if errors:
        raise RuleError(errors[0].message, errors)
    remotes = remotes_of(delivery)
    differs = [new != old for new, old in zip(content.texts, standing.texts, strict=True)]
    differs[0] = differs[0] or content.title != standing.title
    targets = [
        dict(remotes[position]) if position in remotes and is_new else None
        for position, is_new in enumerate(differs)
    ]
    if not any(targets):
        raise RuleError(N_("The text is the same as before, so there is nothing to change on the network."))
    return plan_act(
        channel=delivery.channel,
        subject=delivery,
        purpose=Purpose.EDIT,
        target=targets,
        content=content,
        now=delivery.workspace.now(),
        by=by,
    )


def plan_deletion(delivery: Delivery, *, by: User | None) -> Delivery:
    """Take it down: the parts of a thread from the last to the first, so that none is left alone."""
    remotes = remotes_of(delivery)
    return plan_act(
        channel=delivery.channel,
        subject=delivery,
        purpose=Purpose.DELETE,
        target=[dict(remotes[position]) for position in sorted(remotes, reverse=True)],
        content=None,
        now=delivery.workspace.now(),
        by=by,
    )
