"""What the templates of channels read, computed once."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tesselle.channels.models import Channel
from tesselle.channels.notices import notice_of
from tesselle.connectors.card import Network
from tesselle.domain.limits import Limits, Unit
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import BlockReason
from tesselle.networks import card
from tesselle.web.money import PRICE_DIGITS, money
from tesselle.web.sentences import say

_CURES: dict[str, str | Promise] = {
    BlockReason.SIGN_IN: _("The network no longer accepts the sign-in. Reconnect the channel."),
    BlockReason.ROLE: _("The account lacks a right. Give it back on the network, then reconnect."),
    BlockReason.CREDITS: _("Prepaid calls are used up. Top them up on the network, then reconnect."),
    BlockReason.ADMISSION: _("The network has not admitted the application yet. Reconnect once it has."),
    BlockReason.PENALTY: _("The network has suspended or limited the account. Look there, then reconnect."),
}
_UNITS: dict[Unit, str | Promise] = {
    Unit.GRAPHEMES: pgettext_lazy("text limit", "characters"),
    Unit.CODE_POINTS: pgettext_lazy("text limit", "characters"),
    Unit.UTF16: pgettext_lazy("text limit", "characters (an emoji counts as two)"),
    Unit.BYTES: pgettext_lazy("text limit", "bytes"),
    Unit.EMOJI_BYTES: pgettext_lazy("text limit", "characters (an emoji counts as several)"),
    Unit.WEIGHTED: pgettext_lazy("text limit", "characters (an emoji counts as two)"),
}


@dataclass(frozen=True, slots=True)
class Health:
    """A word with its icon and tone; `cure` says what is to be mended, `said` what the network said."""

    word: str | Promise
    icon: str
    tone: str
    cure: str | Promise = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class ChannelCard:
    id: int
    network: str
    network_name: str
    kind: str
    name: str
    handle: str
    profile_url: str
    server: str
    health: Health
    is_paused: bool
    is_blocked: bool
    needs_approval: bool
    fresh_minutes: int
    connected_at: datetime
    history_read_at: datetime | None
    limits: tuple[str, ...] = ()


def health_of(channel: Channel) -> Health:
    if channel.blocked_reason:
        cure = _CURES.get(channel.blocked_reason, _("Reconnect the channel."))
        word = pgettext_lazy("channel health", "Needs somebody")
        return Health(word, "lock", "danger", cure, say(channel.blocked_note))
    notice = notice_of(channel, channel.workspace.now())
    if notice is not None:
        word = pgettext_lazy("channel health", "Soon to reconnect")
        said = say(channel.renew_note) if notice.kind == "renewal_failed" else ""
        return Health(
            word, "refresh", "danger" if notice.is_urgent else "attention", say(notice.message), said
        )
    if channel.is_paused:
        cure = _("Nothing leaves on this channel; what falls due waits.")
        return Health(pgettext_lazy("channel health", "Paused"), "pause", "attention", cure)
    return Health(pgettext_lazy("channel health", "Ready"), "live", "good")


def network_name(slug: str) -> str:
    try:
        return card(slug).name
    except LookupError:  # a network that this release no longer has
        return slug


def named(channel: Channel) -> str:
    return channel.named


def kind_name(slug: str, kind: str) -> str:
    try:
        kinds = {known.slug: known.name for known in card(slug).account_kinds}
    except LookupError:
        return kind
    return gettext(kinds[kind]) if kind in kinds else kind


def channel_card(channel: Channel, limits: tuple[str, ...] = ()) -> ChannelCard:
    return ChannelCard(
        id=channel.pk,
        network=channel.network,
        network_name=network_name(channel.network),
        kind=kind_name(channel.network, channel.kind),
        name=channel.display_name or channel.handle,
        handle=channel.handle,
        profile_url=channel.profile_url if channel.profile_url.startswith(("https://", "http://")) else "",
        server=channel.server,
        health=health_of(channel),
        is_paused=channel.is_paused,
        is_blocked=bool(channel.blocked_reason),
        needs_approval=channel.needs_approval,
        fresh_minutes=channel.fresh_minutes,
        connected_at=channel.connected_at,
        history_read_at=channel.history_read_at,
        limits=limits,
    )


def _grouped(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def limits_in_words(limits: Limits) -> tuple[str, ...]:
    words = [
        gettext("Text: %(maximum)s %(unit)s.")
        % {"maximum": _grouped(text.maximum), "unit": _UNITS[text.unit]}
        for text in limits.texts
    ]
    if limits.max_images:
        words.append(gettext("Pictures: %(count)s per post.") % {"count": limits.max_images})
    if limits.max_videos:
        words.append(gettext("Films: %(count)s per post.") % {"count": limits.max_videos})
    if limits.max_parts > 1:
        words.append(gettext("Threads are possible."))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class NetworkCard:
    slug: str
    name: str
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    before: tuple[str, ...]
    costs: tuple[str, ...]
    guide: tuple[str, ...]
    is_off: bool = False
    why_off: tuple[str, ...] = ()


def network_card(network: Network, *, off: bool = False) -> NetworkCard:
    return NetworkCard(
        slug=network.slug,
        name=network.name,
        kinds=tuple(gettext(kind.name) for kind in network.account_kinds),
        needs=_needs(network),
        before=tuple(gettext(sentence) for sentence in network.before_connecting),
        costs=costs_in_words(network),
        guide=tuple(gettext(sentence) for sentence in network.guide),
        is_off=off,
        why_off=tuple(gettext(sentence) for sentence in network.shipped_off),
    )


def _needs(network: Network) -> tuple[str, ...]:
    """What the first way asks for; a network that only signs in asks for nothing but the sign-in."""
    if network.sign_ins:
        way = network.sign_ins[0]
        asked = [gettext(field.label) for field in way.asks if field.required]
        return (*asked, gettext("the sign-in of the account"))
    return tuple(gettext(field.label) for field in network.connect_fields if field.required)


_BILLED: dict[tuple[str, bool], Promise] = {
    (StepKind.POST, False): _("A post costs %(amount)s."),
    (StepKind.POST, True): _("A post with a link costs %(amount)s."),
    (StepKind.PART, False): _("Each further part of a thread costs %(amount)s."),
    (StepKind.PART, True): _("Each further part of a thread with a link costs %(amount)s."),
    (StepKind.COMMENT, False): _("A first comment costs %(amount)s."),
    (StepKind.ANSWER, False): _("An answer costs %(amount)s."),
    (StepKind.EDIT, False): _("An edit costs %(amount)s."),
    (StepKind.DELETE, False): _("Taking a post down costs %(amount)s."),
    (StepKind.RECIPIENT, False): _("Each recipient costs %(amount)s."),
}


def costs_in_words(network: Network) -> tuple[str, ...]:
    """What the network bills, said before one begins."""
    return tuple(
        str(_BILLED[cost.step, cost.with_link])
        % {"amount": money(cost.amount, cost.currency, finest=PRICE_DIGITS)}
        for cost in network.costs
        if (cost.step, cost.with_link) in _BILLED
    )
