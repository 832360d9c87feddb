"""A person's way through a guided project: steps begun and looked at, posts planned, figures read."""

from datetime import timedelta

from django.test import Client

from tesselle.academy.models import GuidedProject, ProjectStep, StepKey
from tesselle.academy.testing.figures import ReadPost, read_posts
from tesselle.academy.testing.looking import place_of
from tesselle.academy.testing.questions import Question, drawn
from tesselle.compose.models import Post
from tesselle.ledger.models import Delivery
from tesselle.plan.services import Slot, plan_post
from tesselle.workspaces.models import User

PAGE = "/path/testing/"
WHY = "Le chantier fini a plu : on y voit le résultat."


def begin(client: Client, key: StepKey, **data: str) -> ProjectStep | None:
    client.post(f"{PAGE}{key}/begin/", data)
    return ProjectStep.objects.filter(key=key).first()


def is_done(client: Client, key: StepKey, **data: str) -> bool:
    assert client.post(f"{PAGE}{key}/check/", data).status_code == 302
    return ProjectStep.objects.get(key=key).done_at is not None


def asked(project: GuidedProject) -> tuple[list[ReadPost], Question]:
    """The posts that are to be read, and the question about them."""
    step = ProjectStep.objects.get(project=project, key=StepKey.READ)
    place = place_of(step)
    assert place is not None
    posts = read_posts(place.deliveries)
    question = drawn(posts, step.missed)
    assert question is not None
    return posts, question


def right(question: Question, /, **other: str) -> dict[str, str]:
    """What whoever has read the figures sends."""
    told = {"question": question.key, "delivery": str(min(question.posts)), "number": str(question.number)}
    return {**told, "words": WHY, **other}


def planned(project: GuidedProject, by: User, days: list[float]) -> list[Delivery]:
    """Fresh drafts, so many days after the workspace's now."""
    found: list[Delivery] = []
    now = project.workspace.now().astimezone(project.workspace.tz).replace(tzinfo=None, microsecond=0)
    drafts = Post.objects.filter(workspace=project.workspace, deliveries=None).order_by("pk")
    for post, ahead in zip(drafts, days, strict=False):
        slot = Slot(now + timedelta(days=ahead), project.workspace.zone)
        channels = post.current.variants.values_list("channel_id", flat=True)
        found += plan_post(post=post, slots=dict.fromkeys(channels, slot), by=by)
    assert found
    return found
