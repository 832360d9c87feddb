"""Where people wrote and nobody has answered yet: what to open, never which of them wants an answer."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from tesselle.engage.places import below
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


def conversations(workspace: Workspace, facts: Facts) -> list[Conversation]:
    """The newest posts first."""
    steps = (
        Step.objects.filter(
            delivery__workspace=workspace,
            delivery__purpose=Purpose.POST,
            position=0,
            remote_id__in=[post_id for (_, post_id), count in facts.silent.items() if count],
        )
        .select_related("delivery__post", "delivery__channel", "delivery__variant__revision")
        .order_by("-delivery__due_at", "-pk")
    )
    return [
        Conversation(
            title=(step.delivery.post.name if step.delivery.post else "") or pgettext("post", "Untitled"),
            network=card(step.delivery.channel.network).name,
            url=reverse("engage:replies", args=[step.delivery_id]),
            silent=facts.silent[step.channel_id, step.remote_id],
        )
        for step in steps
        if facts.silent.get((step.channel_id, step.remote_id)) and below(step.delivery) is not None
    ][:MOST]
