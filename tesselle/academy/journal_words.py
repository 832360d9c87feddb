"""What this folder's verbs are called in the journal. What somebody wrote in their path is never told there."""

from collections.abc import Collection, Mapping

from tesselle.academy.models import Path
from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs

VERBS = {
    "path.begun": N_("Began a path"),
    "path.removed": N_("Took their path away"),
    "path.frozen": N_("Froze the start of the path, version %(number)s"),
    "path.reopened": N_("Opened the start of the path again"),
    "path.needs_kept": N_("Said what the company needs of a tool"),
    "path.criteria_kept": N_("Changed the criteria for a tool"),
    "path.tool_added": N_("Added %(tool)s to the tools to compare"),
    "path.tool_scored": N_("Scored %(tool)s"),
    "path.tool_asked": N_("Made a link to collect feedback on %(tool)s"),
    "path.link_revoked": N_("Closed a feedback link on %(tool)s"),
    "path.feedback_given": N_("Somebody gave feedback on %(tool)s by a link"),
    "path.matrix_imported": N_("Brought a matrix of tools in from a table"),
    "path.decided": N_("Decided on a tool: %(tool)s"),
    "path.decided_none": N_("Decided on a tool: none of them"),
    "path.time_added": N_("Noted %(minutes)s minutes of work on the path"),
    "path.time_removed": N_("Took %(minutes)s minutes of work on the path away"),
    "path.difficulty_noted": N_("Noted a difficulty of the path"),
    "path.report_changed": N_("Changed the report of the path"),
    "path.project_begun": N_("Began a guided project: %(scenario)s"),
    "path.step_done": N_("Finished a step of the guided project: %(step)s"),
    "path.site_asked": N_("Had the company’s site and profiles looked at: %(address)s"),
    "path.profiles_asked": N_("Had the company’s profiles looked at"),
    "path.progress_shown": N_("Made a link that shows their progress, for %(name)s"),
    "path.progress_hidden": N_("Withdrew the link that shows their progress, for %(name)s"),
    "path.cases_kept": N_("Changed the cases that prices are worked out for"),
    "path.trial_ended": N_("Timed a trial of %(tool)s"),
    "path.lessons_kept": N_("Changed their own list of lessons"),
    "path.results_brought": N_("Brought rows of results in from a table: %(rows)s"),
    "path.chapter_done": N_("Finished the chapter “%(chapter)s”"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("path", N_("Path"), names=_names))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return {path.pk: str(path.person) for path in Path.objects.filter(pk__in=ids).select_related("person")}
