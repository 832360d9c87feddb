"""The report's words, by rules, from what was measured, found and decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.adapt.models import Decision
from tesselle.adapt.pages import VERDICTS, change_words
from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.documents.document import Table
from tesselle.domain.indicators import Base
from tesselle.learn import words
from tesselle.learn.models import Run
from tesselle.measure import numbers, selectors
from tesselle.measure.business import Came, came
from tesselle.measure.choice import base_of
from tesselle.measure.explaining import against
from tesselle.measure.indicators import RATE
from tesselle.measure.selectors import NOTHING, Summed
from tesselle.report.document import MonthlyReport, Section
from tesselle.report.models import WrittenPart
from tesselle.report.month import Month
from tesselle.report.parts import paragraphs_of, written_parts
from tesselle.report.selectors import Out, best_posts, out_of
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace


def report_of(workspace: Workspace, month: Month, *, draft_only: bool = False) -> MonthlyReport:
    """In the reader's language, which is active. `draft_only`: without what people wrote."""
    channels = list(Channel.objects.filter(workspace=workspace).order_by("network", "handle"))
    base = base_of(workspace)
    found = selectors.summary([channel.pk for channel in channels], month, base)
    out = out_of(workspace, month)
    sections = {
        "done": _done(channels, out),
        "came": _came(workspace, month, found, channels, base),
        "business": _business(came(workspace, month.first, month.last)),
        "learned": _learned(workspace, month),
        "changed": _changed(workspace, month),
    }
    sections = {key: replace(section, key=key) for key, section in sections.items()}
    if not draft_only:
        sections = _as_people_wrote(sections, written_parts(workspace, month), month)
    return MonthlyReport(
        title=_("Report for %(month)s") % {"month": month_words(month)},
        company=workspace.name,
        span=_("from %(first)s to %(last)s")
        % {
            "first": written(month.first, pgettext("date format", "j F Y")),
            "last": written(month.last, pgettext("date format", "j F Y")),
        },
        sections=tuple(sections.values()),
        foot=_foot(workspace),
        language=translation.get_language() or "fr",
    )


def _as_people_wrote(
    sections: Mapping[str, Section], parts: Mapping[str, WrittenPart], month: Month
) -> dict[str, Section]:
    """Tables stay: figures are nobody's to write."""
    return {
        key: section
        if (part := parts.get(key)) is None
        else replace(
            section,
            paragraphs=paragraphs_of(part.text),
            mark=_("Written by %(person)s on %(day)s.")
            % {
                "person": part.who,
                "day": written(part.at.astimezone(month.zone).date(), pgettext("date format", "j F Y")),
            },
        )
        for key, section in sections.items()
    }


def _foot(workspace: Workspace) -> str:
    foot = _("Posts are compared at the age of seven days. A dash means: not told; it never means zero.")
    if workspace.is_practice:
        foot += " " + _("These figures come from practice: no real network was reached.")
    return foot


def month_words(month: Month) -> str:
    return written(month.first, pgettext("date format", "F Y"))


def _named(channel: Channel) -> str:
    return f"{channel.display_name or channel.handle} ({network_name(channel.network)})"


def _done(channels: Sequence[Channel], out: Out) -> Section:
    total, missed = sum(out.sent.values()), sum(out.missed.values())
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
    rows = tuple(
        (_named(one), numbers.count(out.sent.get(one.pk, 0)), numbers.count(out.missed.get(one.pk, 0)))
        for one in channels
        if one.pk in out.sent or one.pk in out.missed
    )
    head = (pgettext("column", "Channel"), _("Went out"), _("Did not go out"))
    return Section(_("What was done"), tuple(sentences), Table(head, rows, figures=True) if rows else None)


def _came(
    workspace: Workspace,
    month: Month,
    found: dict[tuple[str, int | None], Summed],
    channels: Sequence[Channel],
    base: Base,
) -> Section:
    now, before = found.get(("now", None), NOTHING), found.get(("before", None), NOTHING)
    if not now.with_interactions or now.interactions is None:
        return Section(
            _("What came of it"), (_("No post of this month has figures at the age of seven days yet."),)
        )
    sentences = [
        ngettext(
            "%(n)s post was measured: %(interactions)s interactions.",
            "%(n)s posts were measured: %(interactions)s interactions in all, half of the posts have "
            "%(median)s or more.",
            now.with_interactions,
        )
        % {
            "n": numbers.count(now.with_interactions),
            "interactions": numbers.count(now.interactions),
            "median": numbers.written(now.median_interactions, "count"),
        },
        *_change(now, before),
        *(
            _("The most came to “%(title)s”: %(n)s interactions.")
            % {"title": one.title, "n": numbers.count(one.interactions)}
            for one in best_posts(workspace, month, 1)
        ),
    ]
    rows = tuple(
        (
            _named(one),
            numbers.count(mine.marked),
            numbers.written(mine.median_interactions, "count") or "–",
            numbers.written(mine.median_rate, "share") or "–",
        )
        for one in channels
        if (mine := found.get(("now", one.pk))) is not None
    )
    head = (
        pgettext("column", "Channel"),
        _("Posts measured"),
        _("Interactions, median"),
        str(RATE[base].name),
    )
    return Section(_("What came of it"), tuple(sentences), Table(head, rows, figures=True))


def _change(now: Summed, before: Summed) -> list[str]:
    """Against the month before, with how little that may mean."""
    change = against(
        now.median_interactions,
        before.median_interactions,
        "",
        now.with_interactions,
        before.with_interactions,
    )
    if change is None:
        return []
    sentence = _("Against the month before, the median changed by %(change)s.") % {"change": change.text}
    if change.is_thin:
        sentence += " " + _("With so few posts that is mostly luck.")
    return [sentence]


def _business(rows: Sequence[Came]) -> Section:
    if not rows:
        return Section(
            _("Quotes and jobs"), (_("Nothing was noted this month. That says nothing of what came."),)
        )
    quotes, jobs = sum(one.quotes for one in rows), sum(one.jobs for one in rows)
    sentence = _("Noted: quote requests %(quotes)s, signed jobs %(jobs)s.") % {"quotes": quotes, "jobs": jobs}
    head = (_("Where from"), _("Quote requests"), _("Signed jobs"), pgettext("column", "Value"))
    table = Table(
        head,
        tuple((one.name, str(one.quotes), str(one.jobs), one.value or "–") for one in rows),
        figures=True,
    )
    return Section(_("Quotes and jobs"), (sentence,), table)


def _learned(workspace: Workspace, month: Month) -> Section:
    """What the newest run up to the end of the month said; never more."""
    run = (
        Run.objects.filter(workspace=workspace, state=Run.State.DONE, instant__lt=month.until)
        .prefetch_related("findings")
        .order_by("-pk")
        .first()
    )
    title = _("What we learned")
    if run is None:
        return Section(title, (_("The figures were not compared yet."),))
    sure = [one for one in run.findings.all() if not one.is_idea and not one.twin_factor]
    if not sure:
        return Section(title, (_("Nothing that is sure enough to be said yet."),))
    told = []
    for one in sure:
        word, chances = words.CERTAINTIES[one.certainty]
        told.append(
            _("%(claim)s %(certainty)s: %(chances)s.")
            % {"claim": words.claim(one), "certainty": word, "chances": chances}
        )
    return Section(title, tuple(told))


def _changed(workspace: Workspace, month: Month) -> Section:
    rows = Decision.objects.filter(workspace=workspace, undone_at=None).select_related(
        "suggestion__finding", "suggestion__channel"
    )
    taken = [
        _("Decided: %(change)s To be judged on %(day)s.")
        % {
            "change": change_words(one.suggestion),
            "day": written(one.review_on, pgettext("date format", "j F Y")),
        }
        for one in rows.filter(decided_at__gte=month.since, decided_at__lt=month.until)
    ]
    judged = [
        _("Judged: %(change)s %(verdict)s.")
        % {"change": change_words(one.suggestion), "verdict": VERDICTS[one.verdict][1]}
        for one in rows.filter(judged_at__gte=month.since, judged_at__lt=month.until).exclude(verdict="")
    ]
    return Section(_("What we change"), tuple(taken + judged) or (_("Nothing was decided this month."),))
