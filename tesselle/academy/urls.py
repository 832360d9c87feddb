from django.urls import path, re_path

from tesselle.academy import views
from tesselle.academy.choosing import public_views, tool_views
from tesselle.academy.choosing import views as choosing
from tesselle.academy.start import views as start

_ENDING = "(?P<ending>docx|pdf|md)"

app_name = "academy"
urlpatterns = [
    path("path/", views.overview, name="overview"),
    path("path/begin/", views.begin, name="begin"),
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
    path("path/choosing/ranking/", choosing.ranking, name="ranking"),
    path("path/choosing/side-by-side/", choosing.compare, name="compare"),
    path("path/choosing/decision/", choosing.decision, name="decision"),
    path("path/choosing/matrix.xlsx", choosing.export, name="matrix"),
    path("path/choosing/matrix/bring-in/", choosing.bring_table, name="bring_matrix"),
    path("feedback/<str:feedback_token>/", public_views.feedback, name="feedback"),
]
