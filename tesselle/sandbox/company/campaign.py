"""A campaign that is over, with what it took and brought: its report has something to tell. An example."""

from datetime import date, timedelta
from decimal import Decimal

from tesselle.compose.models import Post
from tesselle.ledger.models import Delivery
from tesselle.measure.models import BusinessResult, Spending
from tesselle.plan.selectors import midnight
from tesselle.strategy.models import Campaign, Objective
from tesselle.workspaces.models import User, Workspace

NAME, PILLAR = "Une salle de bains sans surprise (exemple)", "Conseils"
BEGAN, ENDED = timedelta(days=12), timedelta(days=2)


def past_campaign(workspace: Workspace, today: date, objective: Objective, person: User) -> Campaign:
    """Before the past is lived through: figures keep the campaign that a post had then."""
    campaign = Campaign.objects.create(
        workspace=workspace,
        name=NAME,
        first_day=today - BEGAN,
        last_day=today - ENDED,
        objective=objective,
    )
    going_out = Delivery.objects.filter(
        workspace=workspace,
        due_at__gte=midnight(campaign.first_day, workspace.tz),
        due_at__lt=midnight(campaign.last_day + timedelta(days=1), workspace.tz),
    )
    posts = Post.objects.filter(
        workspace=workspace, pillar__name=PILLAR, pk__in=going_out.values_list("post", flat=True)
    )
    posts.update(campaign=campaign)
    _took_and_brought(campaign, posts.filter(campaign=campaign).order_by("pk").first(), person)
    return campaign


def _took_and_brought(campaign: Campaign, post: Post | None, person: User) -> None:
    begins = campaign.first_day
    Spending.objects.bulk_create(
        Spending(workspace=campaign.workspace, campaign=campaign, noted_by=person, day=day, **spent)
        for day, spent in (
            (begins - timedelta(days=2), {"purpose": Spending.Purpose.PICTURES, "minutes": 150}),
            (begins, {"purpose": Spending.Purpose.BOOST, "amount": Decimal(80)}),
        )
    )
    BusinessResult.objects.create(
        workspace=campaign.workspace,
        kind=BusinessResult.Kind.QUOTE,
        day=begins + timedelta(days=3),
        count=2,
        post=post,
        noted_by=person,
    )
