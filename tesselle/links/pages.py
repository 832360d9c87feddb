"""What the page of visits shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.links import addresses, selectors
from tesselle.links.forms import AutomaticForm, LinkForm
from tesselle.links.models import Link, LinkChoice
from tesselle.workspaces.models import Workspace

PERIODS = (28, 90, 365)
MOST_LINKS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LinkLine:
    id: int
    title: str
    post_url: str
    short: str
    target: str
    visits: str
    filtered: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class ChannelLine:
    name: str
    visits: str


@dataclass(frozen=True, slots=True)
class LinksPage:
    """`total` empty: no link yet, so that nothing is counted. `change`: against the period before."""

    days: int
    periods: tuple[Choice, ...]
    has_public_address: bool
    total: str
    change: str
    filtered: str
    channels: tuple[ChannelLine, ...]
    links: tuple[LinkLine, ...]
    form: LinkForm | None
    automatic: AutomaticForm | None


def period_of(asked: str | None) -> int:
    return next((days for days in PERIODS if str(days) == asked), PERIODS[0])


def links_page(workspace: Workspace, days: int, form: LinkForm | None, *, may_choose: bool) -> LinksPage:
    last = workspace.today()
    first = last - timedelta(days=days - 1)
    now = selectors.total(workspace, first, last)
    before = selectors.total(workspace, first - timedelta(days=days), first - timedelta(days=1))
    chosen = LinkChoice.objects.filter(workspace=workspace).first()
    return LinksPage(
        days=days,
        periods=tuple(_period(one, days) for one in PERIODS),
        has_public_address=bool(addresses.address_for(workspace)),
        total=_count(now.visits) if now is not None else "",
        change=_against(now, before),
        filtered=_filtered(now),
        channels=_channels(selectors.by_channel(workspace, first, last)),
        links=tuple(_line(one) for one in selectors.newest(workspace, MOST_LINKS)),
        form=form,
        automatic=AutomaticForm(initial={"automatic": chosen is not None and chosen.automatic})
        if may_choose
        else None,
    )


def _period(days: int, chosen: int) -> Choice:
    label = _("a year") if days == 365 else ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return Choice(label, f"{reverse('links:links')}?days={days}", days == chosen)


def _count(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def _against(now: selectors.Followed | None, before: selectors.Followed | None) -> str:
    if now is None or before is None or not before.visits:
        return ""
    return _("%(n)s in the period before") % {"n": _count(before.visits)}


def _filtered(now: selectors.Followed | None) -> str:
    if now is None or not now.filtered:
        return ""
    said = ngettext(
        "%(n)s call by a program or a browser fetching ahead is not in it.",
        "%(n)s calls by programs and browsers fetching ahead are not in it.",
        now.filtered,
    )
    return said % {"n": _count(now.filtered)}


def _channels(visits: Mapping[int | None, int]) -> tuple[ChannelLine, ...]:
    known = Channel.objects.in_bulk([pk for pk in visits if pk])
    lines = sorted(visits.items(), key=lambda item: -item[1])
    return tuple(ChannelLine(_channel_name(known.get(pk or 0)), _count(n)) for pk, n in lines)


def _channel_name(channel: Channel | None) -> str:
    if channel is None:
        return pgettext("origin", "Made by hand, or copied elsewhere")
    return f"{channel.display_name or channel.handle} ({network_name(channel.network)})"


def _line(link: Link) -> LinkLine:
    post = link.post
    return LinkLine(
        id=link.pk,
        title=link.label or (post.name if post is not None else "") or pgettext("post", "Untitled"),
        post_url=reverse("compose:edit", args=[post.pk]) if post is not None and not post.deleted_at else "",
        short=addresses.short(link.code),
        target=link.target,
        visits=_count(getattr(link, "visits", None) or 0),
        filtered=_count(getattr(link, "filtered", None) or 0),
        is_withdrawn=link.withdrawn_at is not None,
    )


def days_of(workspace: Workspace, days: int) -> tuple[date, date]:
    """The first and the last day of a period that ends today."""
    return workspace.today() - timedelta(days=days - 1), workspace.today()
