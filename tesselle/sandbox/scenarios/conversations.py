"""Where people wrote and nobody has answered yet: what to open, never which of them wants an answer."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed
from tesselle.engage.places import below
from tesselle.engage.words import unanswered
from tesselle.ledger.models import Purpose, Step
from tesselle.networks import card
from tesselle.sandbox.scenarios.measuring import Facts
from tesselle.workspaces.models import Workspace

MOST = 8


@dataclass(frozen=True, slots=True)
class Conversation:
    title: str
    network: str
    url: str
    silent: int
    said: str


def conversations(workspace: Workspace, facts: Facts) -> list[Conversation]:
    """Those with the whole account first, then the newest posts."""
    return [*_with_accounts(workspace, facts), *_below_posts(workspace, facts)][:MOST]


def _with_accounts(workspace: Workspace, facts: Facts) -> list[Conversation]:
    channels = {channel.pk: channel for channel in Channel.objects.filter(workspace=workspace)}
    return [
        Conversation(
            title=channels[pk].display_name or channels[pk].handle,
            network=card(channels[pk].network).name,
            url=reverse("engage:account_replies", args=[pk, kind.value]),
            silent=counted.silent[""],
            said=unanswered(kind, counted.silent[""]),
        )
        for (pk, kind), counted in facts.heard.items()
        if kind is not Discussed.COMMENTS and counted.silent.get("") and pk in channels
    ]


def _below_posts(workspace: Workspace, facts: Facts) -> list[Conversation]:
    silent = {
        (channel, post_id): count
        for (channel, kind), counted in facts.heard.items()
        if kind is Discussed.COMMENTS
        for post_id, count in counted.silent.items()
    }
    steps = (
        Step.objects.filter(
            delivery__workspace=workspace,
            delivery__purpose=Purpose.POST,
            position=0,
            remote_id__in=[post_id for _, post_id in silent],
        )
        .select_related("delivery__post", "delivery__channel", "delivery__variant__revision")
        .order_by("-delivery__due_at", "-pk")
    )
    return [
        Conversation(
            title=(step.delivery.post.name if step.delivery.post else "") or pgettext("post", "Untitled"),
            network=card(step.delivery.channel.network).name,
            url=reverse("engage:replies", args=[step.delivery_id]),
            silent=count,
            said=unanswered(Discussed.COMMENTS, count),
        )
        for step in steps
        if (count := silent.get((step.channel_id, step.remote_id))) and below(step.delivery) is not None
    ]
