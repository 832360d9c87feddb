"""What the pages of a simulated network read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext, npgettext, pgettext

from tesselle.channels.models import Channel
from tesselle.compose.previews import PreviewMedia, drawn, initial_of, pages_of, stylesheet_of
from tesselle.connectors.card import Discussed, discussed_on
from tesselle.domain.content import FORMAT, Content
from tesselle.ledger.models import Delivery, Purpose, Step
from tesselle.library.selectors import assets_by_file
from tesselle.networks import card, plugin
from tesselle.publish.changing import content_out
from tesselle.sandbox.clock_time import clock_time
from tesselle.sandbox.shown.reading import (
    SeenAccount,
    SeenComment,
    account_seen,
    comments_seen,
    messages_seen,
)
from tesselle.simulation.network import SimAccount, SimPost

STORY = "story"
STORY_LASTS = timedelta(days=1)
MOST = 30


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around everything of one account."""

    channel: Channel
    network_name: str
    stylesheet: str
    name: str
    handle: str
    initial: str
    followers: int
    published: int
    now: str
    url: str


@dataclass(frozen=True, slots=True)
class Door:
    """One account to look at; `name` of its network, or its own among others there."""

    channel: Channel
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownPost:
    """`picture`: its first, for a network that shows a wall of pictures."""

    drawing: SafeString
    at: str
    reactions: int
    comments: int
    shares: int
    url: str
    delivery_id: int | None
    picture: PreviewMedia | None
    is_story: bool
    title: str


@dataclass(frozen=True, slots=True)
class ShownComment:
    author: str
    initial: str
    text: str
    age: str
    is_own: bool
    answers: tuple["ShownComment", ...]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`is_wall`: pictures side by side, as on networks where no post goes without one."""

    frame: Frame
    stories: tuple[ShownPost, ...]
    posts: tuple[ShownPost, ...]
    is_wall: bool
    has_more: bool
    others: tuple[Door, ...]
    messages_url: str


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """`exchanges`: the newest first, each with its lines."""

    frame: Frame
    url: str
    exchanges: tuple[tuple[ShownComment, ...], ...]


@dataclass(frozen=True, slots=True)
class PostPage:
    frame: Frame
    post: ShownPost
    comments: tuple[ShownComment, ...]


def account_page(channel: Channel, who: str = "") -> AccountPage | None:
    """`who`: somebody else on that network, by the id of their account there."""
    seen = account_seen(channel, who)
    if seen is None:
        return None
    now = channel.workspace.now()
    ours = {} if who else _deliveries(channel, seen)
    shown = [
        _post(channel, post, ours.get(post.id), now, seen.account if who else None)
        for post in seen.posts[: MOST + 1]
        if not _is_over(post, ours.get(post.id), now)
    ]
    return AccountPage(
        frame=_frame(channel, seen, who),
        stories=tuple(post for post in shown if post.is_story),
        posts=tuple(post for post in shown if not post.is_story)[:MOST],
        is_wall=plugin(channel.network).connector.limits(channel.account()).needs == ("media",),
        has_more=len(seen.posts) > MOST,
        others=tuple(Door(channel, one.name or one.handle, _address(channel, one.id)) for one in seen.others),
        messages_url="" if who or not has_messages(channel) else _messages_address(channel),
    )


def post_page(channel: Channel, delivery_id: int) -> PostPage | None:
    """None when the public cannot see it: not out, taken down, a story that is over."""
    seen = account_seen(channel)
    if seen is None:
        return None
    now, ours = channel.workspace.now(), _deliveries(channel, seen)
    found = next((post for post in seen.posts if _id(ours.get(post.id)) == delivery_id), None)
    if found is None or _is_over(found, ours[found.id], now):
        return None
    parts = [post.id for post in seen.parts if post.id in ours]
    return PostPage(
        frame=_frame(channel, seen),
        post=_post(channel, found, ours[found.id], now),
        comments=tuple(_comment(one, now) for one in comments_seen(channel, found, parts)),
    )


def has_messages(channel: Channel) -> bool:
    return Discussed.MESSAGES in discussed_on(card(channel.network), channel.kind)


def messages_page(channel: Channel) -> MessagesPage | None:
    """None where the network has none, or knows nothing of the account."""
    seen = account_seen(channel) if has_messages(channel) else None
    if seen is None:
        return None
    now = channel.workspace.now()
    return MessagesPage(
        frame=_frame(channel, seen),
        url=_messages_address(channel),
        exchanges=tuple(
            tuple(_comment(line, now) for line in lines) for lines in messages_seen(channel)[:MOST]
        ),
    )


def _messages_address(channel: Channel) -> str:
    return reverse("sandbox:shown_messages", args=[channel.pk])


def _address(channel: Channel, who: str = "") -> str:
    page = reverse("sandbox:shown_account", args=[channel.pk])
    return f"{page}?{urlencode({'who': who})}" if who else page


def _frame(channel: Channel, seen: SeenAccount, who: str = "") -> Frame:
    account, network = seen.account, card(channel.network)
    return Frame(
        channel=channel,
        network_name=network.name,
        stylesheet=stylesheet_of(channel.network),
        name=account.name or channel.display_name or account.handle,
        handle=account.handle,
        initial=initial_of(account.name or account.handle),
        followers=account.followers,
        published=len(seen.posts),
        now=clock_time(channel.workspace, channel.workspace.now()),
        url=_address(channel, who),
    )


def _deliveries(channel: Channel, seen: SeenAccount) -> dict[str, Delivery]:
    """Which of ours each post and part is, by its id there; some networks tell nobody that id."""
    ids = [post.id for post in (*seen.posts, *seen.parts)]
    steps = Step.objects.filter(channel=channel, remote_id__in=ids).select_related(
        "delivery__variant__revision", "delivery__channel", "delivery__workspace"
    )
    found = {step.remote_id: step.delivery for step in steps if step.delivery.purpose == Purpose.POST}
    return found or _by_words(channel, seen)


def _by_words(channel: Channel, seen: SeenAccount) -> dict[str, Delivery]:
    sent = Delivery.objects.filter(
        channel=channel, purpose=Purpose.POST, accepted_at__isnull=False
    ).select_related("variant__revision", "channel", "workspace")
    by_text: dict[str, list[Delivery]] = {}
    for delivery in sent.order_by("accepted_at"):
        by_text.setdefault(delivery.content.text.strip(), []).append(delivery)
    found = {}
    for post in reversed(seen.posts):
        alike = by_text.get(post.text.strip(), [])
        if alike:
            found[post.id] = alike.pop(0)
    return found


def _id(delivery: Delivery | None) -> int | None:
    return delivery.pk if delivery is not None else None


def _is_over(post: SimPost, delivery: Delivery | None, now: datetime) -> bool:
    return _is_story(delivery) and now - post.visible_at > STORY_LASTS


def _is_story(delivery: Delivery | None) -> bool:
    return delivery is not None and delivery.content.options.get(FORMAT) == STORY


def _post(
    channel: Channel,
    post: SimPost,
    delivery: Delivery | None,
    now: datetime,
    other: SimAccount | None = None,
) -> ShownPost:
    author = channel if other is None else _as_channel(channel, other)
    content = content_out(delivery) if delivery is not None else Content(text=post.text, title=post.title)
    media = _media(channel, content)
    if not media and content.media:
        content = replace(content, media=())
    figures = {name: int(count) for name, count in post.figures.items()}
    return ShownPost(
        drawing=drawn(
            author, content, media, age=age_words(now - post.visible_at), at=post.visible_at, figures=figures
        ),
        at=clock_time(channel.workspace, post.visible_at),
        reactions=figures.get("reactions", 0),
        comments=figures.get("comments", 0),
        shares=figures.get("shares", 0),
        url=reverse("sandbox:shown_post", args=[channel.pk, delivery.pk]) if delivery is not None else "",
        delivery_id=_id(delivery),
        picture=media[0] if media else None,
        is_story=_is_story(delivery),
        title=content.title or content.text or pgettext("post", "Untitled"),
    )


def _as_channel(channel: Channel, other: SimAccount) -> Channel:
    """Never saved: only what a preview reads of an author."""
    return Channel(network=channel.network, kind=channel.kind, handle=other.handle, display_name=other.name)


def _media(channel: Channel, content: Content) -> tuple[PreviewMedia, ...]:
    """Those that are still in the library."""
    found = assets_by_file(channel.workspace, [one.asset for one in content.media])
    return tuple(
        PreviewMedia(
            url=reverse("library:thumb", args=[found[one.asset].pk]),
            alt=one.alt,
            width=one.width_px or found[one.asset].width_px,
            height=one.height_px or found[one.asset].height_px,
            is_video=one.kind == "video",
            pages=pages_of(found[one.asset]),
        )
        for one in content.media
        if one.asset in found
    )


def _comment(seen: SeenComment, now: datetime) -> ShownComment:
    return ShownComment(
        author=seen.author or gettext("Somebody"),
        initial=initial_of(seen.author),
        text=seen.post.text,
        age=age_words(now - seen.post.created_at),
        is_own=seen.is_own,
        answers=tuple(_comment(answer, now) for answer in seen.answers),
    )


def age_words(age: timedelta) -> str:
    """As networks say it: the largest unit, rounded down."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 1:
        return pgettext("post's age", "now")
    if minutes < 60:
        return npgettext("post's age", "%(n)s min", "%(n)s min", minutes) % {"n": minutes}
    if minutes < 24 * 60:
        return npgettext("post's age", "%(n)s h", "%(n)s h", minutes // 60) % {"n": minutes // 60}
    days = minutes // (24 * 60)
    return npgettext("post's age", "%(n)s day", "%(n)s days", days) % {"n": days}


def doors(channels: Iterable[Channel]) -> list[Door]:
    return [Door(channel, card(channel.network).name, _address(channel)) for channel in channels]
