from django.urls import path, re_path

from tesselle.academy import views
from tesselle.academy.choosing import public_views, tool_views
from tesselle.academy.choosing import trial_views as trying
from tesselle.academy.choosing import views as choosing
from tesselle.academy.learning import show_views as showing
from tesselle.academy.learning import views as learning
from tesselle.academy.own import views as own
from tesselle.academy.presence import views as presence
from tesselle.academy.report import views as report
from tesselle.academy.start import views as start
from tesselle.academy.testing import views as testing
from tesselle.academy.time import views as time

_ENDING = "(?P<ending>docx|pdf|md)"

app_name = "academy"
urlpatterns = [
    path("path/", views.overview, name="overview"),
    path("path/begin/", views.begin, name="begin"),
    path("path/remove/", views.remove, name="remove"),
    path("path/start/", start.page, name="start"),
    path("path/start/save/", start.save, name="save_start"),
    path("path/start/freeze/", start.freeze, name="freeze_start"),
    path("path/start/reopen/", start.reopen, name="reopen_start"),
    re_path(rf"^path/start/version-(?P<number>\d+)\.{_ENDING}$", start.document, name="start_document"),
    path("path/choosing/", choosing.needs, name="needs"),
    path("path/choosing/criteria/", choosing.criteria, name="criteria"),
    path("path/choosing/tools/", tool_views.tools, name="tools"),
    path("path/choosing/tools/<int:tool_id>/", tool_views.tool, name="tool"),
    path("path/choosing/tools/<int:tool_id>/usability/", tool_views.questionnaire, name="questionnaire"),
    path("path/choosing/tools/<int:tool_id>/ask/", tool_views.ask, name="ask"),
    path("path/choosing/links/<int:link_id>/close/", tool_views.close_link, name="close_link"),
    path("path/choosing/prices/", trying.prices, name="prices"),
    path("path/choosing/tools/<int:tool_id>/trial/", trying.trial, name="trial"),
    path("path/choosing/tools/<int:tool_id>/trial/begin/", trying.begin, name="begin_trial"),
    path("path/choosing/trials/<int:run_id>/end/", trying.end, name="end_trial"),
    path("path/choosing/ranking/", choosing.ranking, name="ranking"),
    path("path/choosing/side-by-side/", choosing.compare, name="compare"),
    path("path/choosing/decision/", choosing.decision, name="decision"),
    path("path/choosing/matrix.xlsx", choosing.export, name="matrix"),
    path("path/choosing/matrix/bring-in/", choosing.bring_table, name="bring_matrix"),
    path("path/testing/", testing.project, name="project"),
    path("path/testing/begin/", testing.begin, name="begin_project"),
    path("path/testing/<slug:step_key>/", testing.step, name="project_step"),
    path("path/testing/<slug:step_key>/begin/", testing.begin_step, name="begin_project_step"),
    path("path/testing/<slug:step_key>/go/", testing.go, name="go_to_project_step"),
    path("path/testing/<slug:step_key>/check/", testing.check, name="check_project_step"),
    path("path/presence/", presence.presence, name="presence"),
    path("path/presence/look/", presence.look, name="look_at_presence"),
    path("path/time/", time.page, name="time"),
    path("path/time/start/", time.start, name="start_watch"),
    path("path/time/stop/", time.stop, name="stop_watch"),
    path("path/time/add/", time.add, name="add_time"),
    path("path/time/seen/", time.add_seen, name="add_seen"),
    path("path/time/<int:entry_id>/remove/", time.remove, name="remove_time"),
    path("path/time/phases/<int:phase_id>/explain/", time.explain, name="explain_gap"),
    path("path/difficulties/note/", time.note_difficulty, name="note_difficulty"),
    path("path/difficulties/<int:difficulty_id>/", time.difficulty, name="difficulty"),
    path("path/report/", report.page, name="report"),
    path("path/report/results/", report.results, name="results"),
    path("path/report/sections/<slug:section_key>/", report.section, name="report_section"),
    re_path(rf"^path/report/document\.{_ENDING}$", report.document, name="report_document"),
    path("path/learning/", learning.index, name="learning"),
    path("path/learning/own/", own.lessons, name="own_lessons"),
    path("path/learning/own/results/", own.results, name="own_results"),
    path("path/learning/show/", showing.links, name="progress_links"),
    path(
        "path/learning/show/<int:progress_link_id>/withdraw/", showing.withdraw_link, name="withdraw_progress"
    ),
    path("path/learning/<slug:chapter_slug>/", learning.chapter, name="chapter"),
    path("path/learning/<slug:chapter_slug>/begin/", learning.begin, name="begin_chapter"),
    path("path/learning/<slug:chapter_slug>/check/", learning.check, name="check_task"),
    path("path/learning/<slug:chapter_slug>/<int:question>/", learning.answer, name="answer"),
    path("help/", learning.page_help, name="help"),
    path("glossary/", learning.glossary, name="glossary"),
    path("progress/<str:progress_token>/", showing.progress, name="progress"),
    path("feedback/<str:feedback_token>/", public_views.feedback, name="feedback"),
]
