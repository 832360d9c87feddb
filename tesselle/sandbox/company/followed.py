"""The company's short links, and how often they were followed: more on the days after a post, fewer later."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from tesselle.ledger.models import Delivery
from tesselle.links.addresses import address_for, short
from tesselle.links.models import Link
from tesselle.links.services import add, count, make, make_by_hand
from tesselle.sandbox.company import SITE
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.workspaces.models import User, Workspace

ON_THE_VAN = ("rendez-vous/", "La camionnette (exemple)")
FOLLOWED_FOR_DAYS = 6
PEOPLE_A_DAY = 4
SEED = 17


def with_link(workspace: Workspace, post: CompanyPost, *, by: User) -> CompanyPost:
    """With the address it speaks of as a short link, where there can be one."""
    if not post.page or not address_for(workspace):
        return post
    address = short(make(workspace, f"https://{SITE}/{post.page}", by=by).code)
    return replace(post, text=_ending(post.text, address), short=_ending(post.short, address))


def _ending(text: str, address: str) -> str:
    return f"{text}\n\n{address}" if text else ""


def follow_links(workspace: Workspace, *, by: User) -> None:
    """Each visit counted as one that came in, and now and then a program that fetched ahead."""
    if not address_for(workspace):
        return
    chance, today = random.Random(SEED), workspace.today()  # noqa: S311 - an example that repeats
    for link in Link.objects.filter(workspace=workspace, post__isnull=False).order_by("pk"):
        for delivery in _out(workspace, link):
            out_on = delivery.due_at.astimezone(workspace.tz).date()
            most = most_a_day()[delivery.channel.network]
            for age in range(min(FOLLOWED_FOR_DAYS, (today - out_on).days + 1)):
                number, day = chance.randint(0, max(0, most - age)), out_on + timedelta(days=age)
                people = min(number, PEOPLE_A_DAY)
                if number:
                    add(link, delivery.channel_id, day, visits=people, filtered=number - people)
    page, label = ON_THE_VAN
    van = make_by_hand(workspace, f"https://{SITE}/{page}", label, by=by)
    for days in range(0, 20, 3):
        count(van, 0, today - timedelta(days=days), is_machine=False)


@cache
def most_a_day() -> Mapping[str, int]:
    """On the day of a post, by network."""
    return dict(tomllib.loads((Path(__file__).parent / "followed.toml").read_text())["most_a_day"])


def _out(workspace: Workspace, link: Link) -> QuerySet[Delivery]:
    followed = Delivery.objects.filter(post=link.post_id, channel__network__in=most_a_day())
    return followed.filter(due_at__lt=workspace.now()).select_related("channel").order_by("pk")
