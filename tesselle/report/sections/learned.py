"""What we learned, and what we change: findings and decisions as they stood then."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.adapt.models import Decision
from tesselle.adapt.pages import VERDICTS, change_words
from tesselle.learn import words
from tesselle.learn.models import Run
from tesselle.report.document import Section
from tesselle.report.scope import Scope, campaign_of
from tesselle.web.dates import written
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery
from tesselle.workspaces.models import Workspace


def learned(workspace: Workspace, scope: Scope) -> Section:
    """What the newest run up to the end of it said; never more."""
    return Section(_("What we learned"), tuple(_findings(workspace, scope)), source=reverse("learn:findings"))


def _findings(workspace: Workspace, scope: Scope) -> list[str]:
    run = next(iter(_run.records({SOME_ID: workspace.pk, SOME_TIME: scope.told_until})), None)
    if run is None:
        return [_("The figures were not compared yet.")]
    sure = [one for one in run.findings.all() if not one.is_idea and not one.twin_factor]
    if not sure:
        return [_("Nothing that is sure enough to be said yet.")]
    told = []
    for one in sure:
        word, chances = words.CERTAINTIES[one.certainty]
        told.append(
            _("%(claim)s %(certainty)s: %(chances)s.")
            % {"claim": words.claim(one), "certainty": word, "chances": chances}
        )
    if campaign_of(scope) is not None:
        told.append(_("These findings rest on all posts up to then, not on the campaign’s alone."))
    return told


_run = KeptQuery(
    lambda: Run.objects.filter(workspace=SOME_ID, state=Run.State.DONE, instant__lt=SOME_TIME).order_by(
        "-pk"
    )[:1]
)


def changed(workspace: Workspace, scope: Scope) -> Section:
    began, told_until = scope.since, scope.told_until
    rows = _decisions.records({SOME_ID: workspace.pk, SOME_TIME: began, _UNTIL: told_until})
    taken = [
        _("Decided: %(change)s To be judged on %(day)s.")
        % {
            "change": change_words(one.suggestion),
            "day": written(one.review_on, pgettext("date format", "j F Y")),
        }
        for one in rows
        if began <= one.decided_at < told_until
    ]
    judged = [
        _("Judged: %(change)s %(verdict)s.")
        % {"change": change_words(one.suggestion), "verdict": VERDICTS[one.verdict][1]}
        for one in rows
        if one.verdict and one.judged_at is not None and began <= one.judged_at < told_until
    ]
    nothing = (
        _("Nothing was decided this month.")
        if campaign_of(scope) is None
        else _("Nothing was decided during the campaign or, so far, in the 30 days after it.")
    )
    return Section(
        _("What we change"), tuple(taken + judged) or (nothing,), source=reverse("adapt:decisions")
    )


_UNTIL = SOME_TIME + timedelta(days=1)
_decisions = KeptQuery(
    lambda: (
        Decision.objects.filter(workspace=SOME_ID, undone_at=None)
        .filter(
            Q(decided_at__gte=SOME_TIME, decided_at__lt=_UNTIL)
            | Q(judged_at__gte=SOME_TIME, judged_at__lt=_UNTIL)
        )
        .select_related("suggestion__finding", "suggestion__channel")
    )
)
