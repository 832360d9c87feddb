"""Quote requests and signed jobs, noted by hand: what networks do not tell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.compose.models import Post
from tesselle.journal.services import record
from tesselle.measure.models import BusinessResult
from tesselle.measure.out import recent_posts
from tesselle.measure.site.pages import SourcePart, result_parts
from tesselle.strategy.models import Campaign
from tesselle.web.days import DayField
from tesselle.web.money import money
from tesselle.workspaces.models import Member, User, Workspace

SPAN = timedelta(days=90)
MOST_LINES = 100
MOST_AT_ONCE = 1000
MOST_VALUE = 10**9


class _ChannelField(forms.ModelChoiceField[Channel]):
    def label_from_instance(self, obj: Channel) -> str:
        return _named(obj)


class ResultForm(forms.Form):
    """`today`: the workspace's own; a result lies not in the future."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("business result", "What came"),
        choices=BusinessResult.Kind.choices,
        widget=forms.RadioSelect,
    )
    channel = _ChannelField(
        label=_("How did they find you?"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("Not known, or otherwise"),
    )
    post = forms.ModelChoiceField(
        label=_("Was it one post?"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    day = DayField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_AT_ONCE, initial=1)
    value = forms.IntegerField(
        min_value=0,
        max_value=MOST_VALUE,
        required=False,
        help_text=_("Without cents; leave it empty when it is not known."),
    )
    note = forms.CharField(
        label=pgettext_lazy("business result", "Note"),
        max_length=200,
        required=False,
        help_text=_("No names of customers: a word that tells it from others is enough."),
    )

    def __init__(self, *args: Any, workspace: Workspace, **more: Any) -> None:
        super().__init__(*args, **more)
        self._today = today(workspace)
        label = gettext("Value of signed jobs (%(currency)s)") % {"currency": workspace.currency}
        self.fields["value"].label = label
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Channel.objects.filter(workspace=workspace, removed_at=None)
        asked = str(self.initial.get("post") or "")
        posts = self.fields["post"]
        assert isinstance(posts, forms.ModelChoiceField)
        posts.queryset = recent_posts(workspace, int(asked) if asked.isdecimal() else 0)
        self.fields["day"].initial = self._today
        self.fields["day"].widget.attrs["max"] = self._today.isoformat()

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError(_("This day has not come yet. Enter it once it has."))
        return day


def _named(channel: Channel) -> str:
    return f"{channel.display_name or channel.handle} ({network_name(channel.network)})"


def today(workspace: Workspace) -> date:
    return workspace.now().astimezone(workspace.tz).date()


@transaction.atomic
def note_result(workspace: Workspace, data: dict[str, Any], *, by: User) -> BusinessResult:
    made = BusinessResult.objects.create(workspace=workspace, noted_by=by, **data)
    _tell("result.noted", made, by)
    return made


@transaction.atomic
def remove_result(result: BusinessResult, *, by: User) -> None:
    _tell("result.removed", result, by)
    result.delete()


def _tell(verb: str, result: BusinessResult, by: User) -> None:
    record(
        verb,
        workspace_id=result.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=result.workspace_id,
        count=result.count,
        day=result.day.isoformat(),
    )


@dataclass(frozen=True, slots=True)
class Came:
    """By channel since some day. `value` empty: nobody knows it."""

    name: str
    quotes: int
    jobs: int
    value: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    id: int
    day: date
    kind: str
    channel: str
    post: str
    count: int
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    currency: str
    came: tuple[Came, ...]
    lines: tuple[ResultLine, ...]
    visits: tuple[SourcePart, ...]
    form: ResultForm | None


def results_page(member: Member, form: ResultForm | None) -> ResultsPage:
    workspace = member.workspace
    rows = BusinessResult.objects.filter(workspace=workspace).select_related("channel", "post")
    return ResultsPage(
        currency=workspace.currency,
        came=came(workspace, today(workspace) - SPAN, today(workspace)),
        lines=tuple(_line(one, workspace.currency) for one in rows.order_by("-day", "-pk")[:MOST_LINES]),
        visits=result_parts(workspace, SPAN.days),
        form=form,
    )


def came(workspace: Workspace, first: date, last: date) -> tuple[Came, ...]:
    """What was noted of those days, by where it came from; nothing noted, no line."""
    results = BusinessResult.objects.filter(workspace=workspace, day__gte=first, day__lte=last)
    return _by_channel(results, workspace.currency)


def came_of(campaign: Campaign) -> tuple[Came, ...]:
    """What was noted with a post of the campaign, on whatever day."""
    workspace = campaign.workspace
    results = BusinessResult.objects.filter(workspace=workspace, post__campaign=campaign)
    return _by_channel(results, workspace.currency)


def _by_channel(results: QuerySet[BusinessResult], currency: str) -> tuple[Came, ...]:
    kinds = BusinessResult.Kind
    rows = (
        results.values("channel_id")
        .annotate(
            quotes=Sum("count", filter=Q(kind=kinds.QUOTE)),
            jobs=Sum("count", filter=Q(kind=kinds.JOB)),
            worth=Sum("value", filter=Q(kind=kinds.JOB)),
        )
        .order_by("channel__network", "channel_id")
    )
    found = list(rows)
    names = Channel.objects.in_bulk([row["channel_id"] for row in found if row["channel_id"]])
    return tuple(
        Came(
            name=_named(names[row["channel_id"]])
            if row["channel_id"]
            else pgettext("origin", "Not known, or otherwise"),
            quotes=row["quotes"] or 0,
            jobs=row["jobs"] or 0,
            value=money(row["worth"], currency),
        )
        for row in found
    )


def _line(result: BusinessResult, currency: str) -> ResultLine:
    return ResultLine(
        id=result.pk,
        day=result.day,
        kind=result.get_kind_display(),
        channel=_named(result.channel) if result.channel else "",
        post=str(result.post or ""),
        count=result.count,
        value=money(result.value, currency),
        note=result.note,
    )
