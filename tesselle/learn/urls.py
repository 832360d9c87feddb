from django.urls import path

from tesselle.learn import goal_views, views

app_name = "learn"
urlpatterns = [
    path("figures/findings", views.findings, name="findings"),
    path("strategy/objective/<int:objective_id>/outlook", goal_views.goal, name="goal"),
    path("strategy/objective/<int:objective_id>/seen", goal_views.seen, name="goal_seen"),
    path("figures/findings/score", views.score, name="score"),
    path("figures/findings/run", views.run, name="run"),
]
