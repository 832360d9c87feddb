"""Named peers by what anybody can see, and published rates, each beside our own of the same definition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.domain.errors import RuleError
from tesselle.domain.indicators import Base
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.measure import numbers
from tesselle.measure.adding_up import summaries
from tesselle.measure.boards.benchmarks import BENCHMARKS, Benchmark
from tesselle.measure.boards.peer_reading import is_read
from tesselle.measure.models import Peer, PeerFigure
from tesselle.measure.selectors import FEWEST, NOTHING, Window
from tesselle.web.sentences import say
from tesselle.workspaces.models import User, Workspace

MOST_PEERS = 5
AGE_DAYS = 7
MOST = 10**10


class PeerForm(forms.Form):
    """On networks that the workspace is on itself: elsewhere there is nothing to compare."""

    name = forms.CharField(label=pgettext_lazy("of a peer", "Name"), max_length=80)
    network = forms.ChoiceField(label=_("Network"))
    url = forms.URLField(
        label=_("Address of its page"),
        help_text=_("Where a network tells everybody, followers and posts are read there once a day."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, workspace: Workspace, **more: Any) -> None:
        super().__init__(*args, **more)
        slugs = Channel.objects.filter(workspace=workspace, removed_at=None).values_list("network", flat=True)
        field = self.fields["network"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug, network_name(slug)) for slug in sorted(set(slugs))]


class PeerFigureForm(forms.Form):
    followers = forms.IntegerField(label=pgettext_lazy("metric", "Followers"), min_value=0, max_value=MOST)
    posts = forms.IntegerField(
        label=_("Posts looked at"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("The last ten are enough, all of them older than a week."),
    )
    interactions = forms.IntegerField(
        label=_("Their reactions, comments and shares together"), min_value=0, max_value=MOST, required=False
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("posts") is None) != (values.get("interactions") is None) and not self.errors:
            raise forms.ValidationError(_("Posts and interactions go together: enter both, or neither."))
        return values


@transaction.atomic
def add_peer(workspace: Workspace, data: dict[str, Any], *, by: User) -> Peer:
    """Raises RuleError: there are five already, or one of that name."""
    peers = Peer.objects.filter(workspace=workspace)
    if peers.count() >= MOST_PEERS:
        raise RuleError(_ENOUGH)
    if peers.filter(network=data["network"], name=data["name"]).exists():
        raise RuleError(_THERE)
    made = Peer.objects.create(workspace=workspace, **data)
    _tell("peer.added", made, by)
    return made


@transaction.atomic
def remove_peer(peer: Peer, *, by: User) -> None:
    _tell("peer.removed", peer, by)
    peer.delete()


@transaction.atomic
def note_figures(peer: Peer, data: dict[str, Any], *, by: User) -> None:
    """Of today; a second time replaces the first."""
    PeerFigure.objects.update_or_create(
        peer=peer, day=peer.workspace.today(), defaults={**data, "noted_by": by}
    )
    _tell("peer.noted", peer, by)


def _tell(verb: str, peer: Peer, by: User) -> None:
    record(
        verb,
        workspace_id=peer.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=peer.workspace_id,
        name=peer.name,
    )


@dataclass(frozen=True, slots=True)
class PeerLine:
    """`rate`: interactions of a post ÷ followers, on the last day that a person looked at posts. `ours`: of
    our channels there. `is_read`: its followers and posts are read each day; `trouble`: why not."""

    id: int
    name: str
    url: str
    network_name: str
    day: date | None
    followers: str
    growth: str
    rate: str
    ours: str
    all_posts: str
    is_read: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """`rates`: network, theirs, ours by the same denominator."""

    benchmark: Benchmark
    divided_by: str | Promise
    rates: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PeersPage:
    peers: tuple[PeerLine, ...]
    benchmarks: tuple[BenchmarkLine, ...]
    form: PeerForm | None
    note_form: PeerFigureForm | None


def peers_page(workspace: Workspace, form: PeerForm | None, note_form: PeerFigureForm | None) -> PeersPage:
    own = {base: _own_rates(workspace, base) for base in (Base.FOLLOWERS, Base.VIEWS)}
    figures = Prefetch("figures", PeerFigure.objects.order_by("day"))
    peers = (
        Peer.objects.filter(workspace=workspace)
        .select_related("workspace")
        .prefetch_related(figures)
        .order_by("network", "name")
    )
    return PeersPage(
        peers=tuple(_line(one, own[Base.FOLLOWERS]) for one in peers),
        benchmarks=tuple(_benchmark(one, own) for one in BENCHMARKS),
        form=form,
        note_form=note_form,
    )


def _own_rates(workspace: Workspace, base: Base) -> Mapping[str, str]:
    """By network: the median of each of our channels there over 90 days; too few posts are no median."""
    channels = list(Channel.objects.filter(workspace=workspace, removed_at=None))
    window = Window(days=90, age_days=AGE_DAYS, now=workspace.now())
    ids = [one.pk for one in channels]
    found = summaries(workspace, ids, window, base, {"channel": ("now",)})["channel"]
    rates: dict[str, list[str]] = {}
    for one in channels:
        summed = found.get(("now", one.pk), NOTHING)
        if summed.median_rate is not None and summed.with_rate >= FEWEST:
            rates.setdefault(one.network, []).append(numbers.share(summed.median_rate))
    return {network: " / ".join(told) for network, told in rates.items()}


def _line(peer: Peer, own: Mapping[str, str]) -> PeerLine:
    figures: Sequence[PeerFigure] = list(peer.figures.all())
    last = figures[-1] if figures else None
    growth = (
        last.followers / figures[0].followers - 1
        if last and len(figures) > 1 and figures[0].followers
        else None
    )
    return PeerLine(
        id=peer.pk,
        name=peer.name,
        url=peer.url if peer.url.startswith(("https://", "http://")) else "",
        network_name=network_name(peer.network),
        day=last.day if last is not None else None,
        followers=numbers.count(last.followers) if last is not None else "",
        growth=numbers.change(growth) if growth is not None else "",
        rate=numbers.written(_rate(figures), "share"),
        ours=own.get(peer.network, ""),
        all_posts=numbers.count(last.all_posts) if last is not None and last.all_posts is not None else "",
        is_read=not peer.workspace.is_practice and is_read(peer.network, peer.url),
        trouble=say(peer.trouble),
    )


def _rate(figures: Sequence[PeerFigure]) -> float | None:
    """Of the last day with posts that were looked at: followers alone are read every day."""
    for one in reversed(figures):
        if one.posts and one.interactions is not None and one.followers:
            return one.interactions / one.posts / one.followers
    return None


_DIVIDED: Mapping[Base | None, str | Promise] = {
    Base.FOLLOWERS: pgettext_lazy("divided by", "followers"),
    Base.VIEWS: pgettext_lazy("divided by", "impressions"),
    None: pgettext_lazy("divided by", "not said clearly"),
}


def _benchmark(one: Benchmark, own: Mapping[Base, Mapping[str, str]]) -> BenchmarkLine:
    ours = own[one.base] if one.base is not None else {}
    rates = tuple(
        (network_name(slug), numbers.share(rate), ours.get(slug, "")) for slug, rate in one.rates.items()
    )
    return BenchmarkLine(one, _DIVIDED[one.base], rates)


_ENOUGH = N_("Five peers are enough to compare with. Remove one first.")
_THERE = N_("This one is there already.")
