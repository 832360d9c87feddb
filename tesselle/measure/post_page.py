"""One post on all its channels: each at the same age, against that channel's own median."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.channels.pages import network_name
from tesselle.compose.models import Post
from tesselle.domain.indicators import AGES, Base
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure import selectors
from tesselle.measure.explaining import Explained, against, of_post
from tesselle.measure.indicators import DICTIONARY, OF_ACTIONS, RATE
from tesselle.measure.models import Mark
from tesselle.measure.pages import Choice, age_words
from tesselle.measure.rollups import COLUMNS, latest_by
from tesselle.measure.selectors import OUT, Window
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class OnChannel:
    delivery_id: int
    name: str
    network: str
    network_name: str
    figures: tuple[Explained, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PostPage:
    post: Post
    title: str
    ages: tuple[Choice, ...]
    channels: tuple[OnChannel, ...]


def post_page(workspace: Workspace, post: Post, window: Window, base: Base) -> PostPage | None:
    """None for a post that went out nowhere."""
    deliveries = list(
        Delivery.objects.filter(post=post, purpose=Purpose.POST, state__in=OUT)
        .select_related("channel")
        .order_by("channel__network", "pk")
    )
    if not deliveries:
        return None
    marks = selectors.marks_of_post(post.pk, window.age_days)
    ids = [one.channel_id for one in deliveries]
    usual = selectors.summary(ids, window, base, whole=(), by_channel=("quarter",))
    url = reverse("measure:post", args=[post.pk])
    return PostPage(
        post=post,
        title=post.name or pgettext("post", "Untitled"),
        ages=tuple(Choice(age_words(age), f"{url}?age={age}", age == window.age_days) for age in AGES),
        channels=tuple(
            _on_channel(
                one,
                marks.get(one.pk),
                usual.get(("quarter", one.channel_id), selectors.NOTHING),
                base,
                window,
            )
            for one in deliveries
        ),
    )


def values_of(mark: Mark) -> dict[str, int]:
    values = {name: getattr(mark, name) for name in (*COLUMNS, "followers")}
    return {name: value for name, value in values.items() if value is not None}


def _on_channel(
    delivery: Delivery, mark: Mark | None, usual: selectors.Summed, base: Base, window: Window
) -> OnChannel:
    figures: tuple[Explained, ...] = ()
    if mark is not None:
        values, than_usual = values_of(mark), _("against this channel’s median of 90 days")
        key = f"d{delivery.pk}"
        network = delivery.channel.network
        change = against(
            mark.interactions,
            usual.median_interactions,
            than_usual,
            selectors.FEWEST,
            usual.with_interactions,
        )
        figures = (
            of_post(
                DICTIONARY["interactions"],
                network,
                values,
                read_at=mark.read_at,
                key=key,
                changes=(change,) if change else (),
            ),
            of_post(RATE[base], network, values, read_at=mark.read_at, key=key),
            of_post(DICTIONARY["reach"], network, values, read_at=mark.read_at, key=key),
            *(
                one
                for indicator in OF_ACTIONS
                if (one := of_post(indicator, network, values, read_at=mark.read_at, key=key)).value
            ),
        )
    return OnChannel(
        delivery_id=delivery.pk,
        name=delivery.channel.display_name or delivery.channel.handle,
        network=delivery.channel.network,
        network_name=network_name(delivery.channel.network),
        figures=figures,
        why=_why_none(delivery, window),
    )


def _why_none(delivery: Delivery, window: Window) -> str:
    """Why there are no figures of that age; for a while after it they may still come."""
    age = {"age": age_words(window.age_days)}
    if delivery.live_at is not None and delivery.live_at > window.until:
        return _("Not %(age)s old yet.") % age
    if delivery.live_at is not None and delivery.live_at + latest_by(window.age_days) > window.now:
        return _("It is %(age)s old: its figures are read next.") % age
    return _("No reading was taken at the age of %(age)s.") % age
