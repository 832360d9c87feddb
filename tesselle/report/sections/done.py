"""What was done: posts by channel, against what was planned."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import named
from tesselle.documents.document import Table
from tesselle.measure import numbers
from tesselle.report.document import Section
from tesselle.report.scope import Scope, campaign_of
from tesselle.report.selectors import Out, out_of, without_a_day
from tesselle.workspaces.models import Workspace


def done(workspace: Workspace, scope: Scope, channels: Sequence[Channel]) -> Section:
    out = out_of(workspace, scope)
    campaign = campaign_of(scope)
    sentences = [*_sentences(out), *(_unplanned(without_a_day(campaign)) if campaign else ())]
    source = f"{reverse('plan:calendar')}?date={scope.first.isoformat()}"
    if campaign is not None:
        source += f"&campaign={campaign.pk}"
    return Section(_("What was done"), tuple(sentences), _table(channels, out), source=source)


def _sentences(out: Out) -> list[str]:
    total, missed, coming = (sum(one.values()) for one in (out.sent, out.missed, out.coming))
    sentences = [
        ngettext("%(n)s post went out.", "%(n)s posts went out, counted on each channel.", total)
        % {"n": numbers.count(total)}
    ]
    if missed:
        sentences.append(
            ngettext(
                "%(n)s that was planned did not go out.", "%(n)s that were planned did not go out.", missed
            )
            % {"n": numbers.count(missed)}
        )
    if coming:
        sentences.append(
            ngettext("%(n)s is still to go out.", "%(n)s are still to go out.", coming)
            % {"n": numbers.count(coming)}
        )
    return sentences


def _unplanned(drafts: int) -> list[str]:
    if not drafts:
        return []
    return [
        ngettext(
            "%(n)s post of it is written and has no day yet.",
            "%(n)s posts of it are written and have no day yet.",
            drafts,
        )
        % {"n": numbers.count(drafts)}
    ]


def _table(channels: Sequence[Channel], out: Out) -> Table | None:
    """What is still to come is told only where there is some."""
    counts = [out.sent, out.missed, *([out.coming] if out.coming else [])]
    rows = tuple(
        (named(one), *(numbers.count(count.get(one.pk, 0)) for count in counts))
        for one in channels
        if any(one.pk in count for count in counts)
    )
    head = (
        pgettext("column", "Channel"),
        _("Went out"),
        _("Did not go out"),
        *([_("Still to go out")] if out.coming else []),
    )
    return Table(head, rows, figures=True) if rows else None
