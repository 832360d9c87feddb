"""The whole report in words: its parts by rules, and what people wrote in their place."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.report.document import Report, Section
from tesselle.report.models import WrittenPart
from tesselle.report.parts import paragraphs_of, written_parts
from tesselle.report.scope import Scope, campaign_of, words_of
from tesselle.report.sections.business import business
from tesselle.report.sections.came import came
from tesselle.report.sections.cost import cost
from tesselle.report.sections.done import done
from tesselle.report.sections.learned import changed, learned
from tesselle.web.dates import written
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace


def report_of(workspace: Workspace, scope: Scope, *, draft_only: bool = False) -> Report:
    """In the reader's language, which is active. `draft_only`: without what people wrote."""
    sections = _sections(workspace, scope)
    if not draft_only:
        sections = _as_people_wrote(sections, written_parts(workspace, scope), scope)
    return Report(
        title=_("Report for %(scope)s") % {"scope": words_of(scope)},
        company=workspace.name,
        span=_span(scope),
        sections=tuple(replace(section, key=key) for key, section in sections.items()),
        foot=_foot(workspace),
        language=translation.get_language() or "fr",
    )


def _span(scope: Scope) -> str:
    """Within one month the month is named once."""
    style = pgettext("date format", "j F Y")
    is_one_month = (scope.first.year, scope.first.month) == (scope.last.year, scope.last.month)
    return _("from %(first)s to %(last)s") % {
        "first": written(scope.first, "j" if is_one_month else style),
        "last": written(scope.last, style),
    }


_channels = KeptQuery(
    lambda: Channel.objects.filter(workspace=SOME_ID).order_by("network", "handle"), is_planned_once=True
)


def _sections(workspace: Workspace, scope: Scope) -> dict[str, Section]:
    channels = _channels.records({SOME_ID: workspace.pk})
    campaign = campaign_of(scope)
    return {
        "done": done(workspace, scope, channels),
        "came": came(workspace, scope, channels),
        "business": business(workspace, scope),
        **({"cost": cost(campaign)} if campaign is not None else {}),
        "learned": learned(workspace, scope),
        "changed": changed(workspace, scope),
    }


def _as_people_wrote(
    sections: Mapping[str, Section], parts: Mapping[str, WrittenPart], scope: Scope
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
                "day": written(part.at.astimezone(scope.zone).date(), pgettext("date format", "j F Y")),
            },
        )
        for key, section in sections.items()
    }


def _foot(workspace: Workspace) -> str:
    foot = _("Posts are compared at the age of seven days. A dash means: not told; it never means zero.")
    if workspace.is_practice:
        foot += " " + _("These figures come from practice: no real network was reached.")
    return foot
