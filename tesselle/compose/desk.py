"""What lies ready while one post is written: its channels with their limits, its pictures, the draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from tesselle.channels.models import Channel
from tesselle.compose.draft import Draft
from tesselle.compose.finishing import for_channel
from tesselle.compose.models import Post
from tesselle.connectors.card import Network, OptionField
from tesselle.connectors.fields import fields_for
from tesselle.connectors.objections import with_objections
from tesselle.connectors.protocols import Account
from tesselle.domain.checks import Consents, check_as_sent, consent_findings
from tesselle.domain.content import FORMAT, Content
from tesselle.domain.findings import Finding
from tesselle.domain.limits import Limits
from tesselle.library.consents import Needed, needed_for
from tesselle.library.models import Asset
from tesselle.library.selectors import assets_by_id
from tesselle.library.standing import fetch_findings
from tesselle.networks import plugin
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True)
class Place:
    """A channel with what its network allows there."""

    channel: Channel

    @cached_property
    def card(self) -> Network:
        return plugin(self.channel.network).card

    @cached_property
    def limits(self) -> Limits:
        return plugin(self.channel.network).connector.limits(self.account)

    @cached_property
    def account(self) -> Account:
        return self.channel.account()

    def fields(self, format: str) -> tuple[OptionField, ...]:
        """What this account is asked about a post of that format."""
        return fields_for(self.card, self.channel.kind, self.limits, format)

    def findings(self, content: Content) -> tuple[Finding, ...]:
        found = check_as_sent(content, self.limits, options=self.fields(content.format))
        connector = plugin(self.channel.network).connector
        return with_objections(found, connector, content, self.account)


@dataclass(frozen=True)
class Desk:
    """`copy_id`: the working copy of a post that was never saved; 0 for none. `form`: the name of the form
    that a new post is written in, the same until it is opened anew. `asked`: what panels asked about this post, so
    that those beside them need not ask again."""

    workspace: Workspace
    post: Post | None
    draft: Draft
    places: Mapping[int, Place]
    assets: Mapping[int, Asset]
    copy_id: int = 0
    form: UUID | None = None
    asked: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def with_draft(self, draft: Draft) -> "Desk":
        missing = draft.asset_ids() - set(self.assets)
        more = assets_by_id(self.workspace, missing) if missing else {}
        return replace(self, draft=draft, assets={**self.assets, **more})

    @property
    def chosen(self) -> list[Place]:
        """In the order in which the channels are shown."""
        return [place for pk, place in self.places.items() if pk in self.draft.chosen]

    def findings(self, place: Place) -> tuple[Finding, ...]:
        """What the network says, and whoever is on the pictures, if it went out today; and whether it gets them."""
        consents = Consents(place.card.slug, place.card.name, self.workspace.today(), self._needed)
        content = self.content(place.channel.pk)
        fetching = fetch_findings(content, place.card, self.workspace)
        return (*consent_findings(content, consents), *place.findings(content), *fetching)

    @cached_property
    def _needed(self) -> Needed:
        return needed_for(self.assets.values())

    def options(self, channel_id: int) -> dict[str, str]:
        """Only those that are asked for this account and format; defaults where nothing was said."""
        given = self.draft.options.get(channel_id, {})
        asked = self.places[channel_id].fields(given.get(FORMAT, ""))
        return {option.name: given.get(option.name, option.default) for option in asked}

    def limits(self, channel_id: int) -> Limits:
        """Those of the format that was chosen there."""
        return self.places[channel_id].limits.of(self.draft.options.get(channel_id, {}).get(FORMAT, ""))

    def content(self, channel_id: int) -> Content:
        words = self.draft.words(channel_id)
        language = self.workspace.language
        content = self.draft.content(words, self.assets, self.options(channel_id), language)
        return for_channel(content, self.places[channel_id].channel)

    def shared_content(self) -> Content:
        return self.draft.content(self.draft.shared, self.assets, {}, self.workspace.language)


_channels = KeptQuery(
    lambda: Channel.objects.filter(workspace=SOME_ID, removed_at=None), is_planned_once=True
)


def set_up(workspace: Workspace, post: Post | None, draft: Draft, copy_id: int = 0) -> Desk:
    places = {channel.pk: Place(channel) for channel in _channels.records({SOME_ID: workspace.pk})}
    chosen = tuple(pk for pk in draft.chosen if pk in places)
    known = replace(draft, chosen=chosen, aim=draft.aim.within(workspace))
    return Desk(workspace, post, known, places, {}, copy_id).with_draft(known)
