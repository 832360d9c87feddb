"""The company's short links, and how often they were followed: more on the days after a post, fewer later."""

import random
from dataclasses import replace
from datetime import timedelta

from tesselle.ledger.models import Delivery
from tesselle.links.addresses import address_for, short
from tesselle.links.models import Link
from tesselle.links.services import count, make, make_by_hand
from tesselle.sandbox.company import SITE
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.workspaces.models import User, Workspace

ON_THE_VAN = ("rendez-vous/", "La camionnette (exemple)")
MOST_A_DAY = 4
FOLLOWED_FOR_DAYS = 9
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
        for delivery in Delivery.objects.filter(post=link.post_id, due_at__lt=workspace.now()).order_by("pk"):
            out_on = delivery.due_at.astimezone(workspace.tz).date()
            for age in range(min(FOLLOWED_FOR_DAYS, (today - out_on).days + 1)):
                for number in range(chance.randint(0, max(1, MOST_A_DAY - age))):
                    is_machine = number == MOST_A_DAY - 1
                    count(link, delivery.channel_id, out_on + timedelta(days=age), is_machine=is_machine)
    page, label = ON_THE_VAN
    van = make_by_hand(workspace, f"https://{SITE}/{page}", label, by=by)
    for days in range(0, 20, 3):
        count(van, 0, today - timedelta(days=days), is_machine=False)
