"""What the company writes, saved and planned as by anybody: the ordinary services do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.finishing import for_channel
from tesselle.compose.models import Post, Revision
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content, Media
from tesselle.ledger.models import Delivery
from tesselle.networks import plugin
from tesselle.plan.services import Slot, limits_of, plan_post
from tesselle.sandbox.company.drafts import asset_of
from tesselle.sandbox.company.followed import with_link
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.sandbox.rehearsal import Moment
from tesselle.strategy.aim import Aim
from tesselle.workspaces.models import User, Workspace


@dataclass(frozen=True, slots=True)
class Writer:
    """`chosen`: first choices by channel. `aims`: by pillar. `named`: posts that others speak of, by their key."""

    workspace: Workspace
    person: User
    today: date
    channels: Sequence[Channel]
    chosen: Mapping[int, dict[str, str]]
    aims: Mapping[str, Aim]
    named: dict[str, Post] = field(default_factory=dict)

    def write(self, post: CompanyPost, number: int) -> Moment | None:
        """Saved and planned; the moment it is to be lived through, if that lies in the past."""
        post = with_link(self.workspace, post, by=self.person)
        media = asset_of(self.workspace, post, number, self.person)
        shared, forms = post.shared(media), self._forms(post, number, media)
        written = save_post(
            workspace=self.workspace,
            author=self.person,
            shared=shared,
            wordings=tuple(self._wording(channel, form, shared) for channel, form in forms),
            name=post.name or post.title,
            aim=self.aims.get(post.pillar),
        )
        if post.key:
            self.named[post.key] = written
        return self._planned(written, post, [channel for channel, _ in forms])

    def _forms(
        self, post: CompanyPost, number: int, media: tuple[Media, ...]
    ) -> list[tuple[Channel, Content]]:
        suited = (
            (one, post.suited(limits_of(one), media, partial(for_channel, channel=one)))
            for one in self.channels
        )
        few = len(self.channels) < 3
        return [
            (channel, form)
            for place, (channel, form) in enumerate(suited)
            if form is not None and (post.on == "all" or (number + place) % 3 or few)
        ]

    def _wording(self, channel: Channel, form: Content, shared: Content) -> Wording:
        options = {**self.chosen[channel.pk], **form.options} or None
        return Wording(channel, None if form == shared else form, options)

    def _planned(self, written: Post, post: CompanyPost, channels: Sequence[Channel]) -> Moment | None:
        if post.day is None:
            return None
        slot = Slot(datetime.combine(self.today + timedelta(days=post.day), post.time), self.workspace.zone)
        deliveries = plan_post(post=written, slots={one.pk: slot for one in channels}, by=self.person)
        due_at = deliveries[0].due_at
        _backdate(written, min(due_at - timedelta(days=2), timezone.now() - timedelta(hours=3)))
        if due_at >= timezone.now():
            return None
        readable = [
            one.network for one in channels if plugin(one.network).connector.reads_back(one.account())
        ]
        return Moment(due_at, tuple(readable[:1]) if post.mishap else ())


def _backdate(post: Post, instant: datetime) -> None:
    Post.objects.filter(pk=post.pk).update(created_at=instant)
    Revision.objects.filter(post=post).update(created_at=instant)
    Delivery.objects.filter(post=post).update(created_at=instant)
