"""The months before the demo company's last one, put out on three of its channels."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice

from tesselle.channels.models import Channel
from tesselle.domain.content import Content, Media
from tesselle.networks import plugin
from tesselle.sandbox.backfilling import Written, fill_in
from tesselle.sandbox.company.earlier import ALONG, WEEKS, EarlierPost, earlier_posts
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

BEFORE = timedelta(weeks=WEEKS, days=1)
"""How long before its last month the company began."""


def live_before(
    workspace: Workspace,
    until: date,
    channels: Sequence[Channel],
    chosen: Mapping[int, Mapping[str, str]],
    pictures: Sequence[Media],
    person: User,
) -> int:
    """What was written before that day; how often something went out. `chosen`: first choices by channel."""
    pillars = {pillar.name: pillar for pillar in Pillar.objects.filter(workspace=workspace)}
    telling = [channel for channel in channels if channel.network in ALONG]
    turns = count()
    ideas = []
    for post in earlier_posts(until, workspace.tz):
        media = tuple(pictures[turn % len(pictures)] for turn in islice(turns, post.pictures))
        forms = tuple(_forms(post, media, telling, chosen))
        if forms:
            ideas.append(
                Written(
                    post.at,
                    pillars.get(post.pillar),
                    Content(text=post.text, media=media, language="fr"),
                    forms,
                )
            )
    return fill_in(workspace, ideas, person)


def _forms(
    post: EarlierPost,
    media: tuple[Media, ...],
    channels: Sequence[Channel],
    chosen: Mapping[int, Mapping[str, str]],
) -> list[tuple[Channel, Content]]:
    """For each channel that it goes to, in a form that its network takes."""
    written, forms = CompanyPost(text=post.text, on="all"), []
    for channel in channels:
        form = written.suited(plugin(channel.network).connector.limits(channel.account()), media)
        if form is not None and channel.network in post.networks:
            forms.append((channel, replace(form, options={**chosen[channel.pk], **form.options})))
    return forms
