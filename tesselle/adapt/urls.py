from django.urls import path

from tesselle.adapt import views
from tesselle.adapt.trials import views as trials

app_name = "adapt"
urlpatterns = [
    path("figures/findings/decisions", views.decisions, name="decisions"),
    path("figures/findings/suggestions/<int:suggestion_id>/accept", views.accept, name="accept"),
    path("figures/findings/suggestions/<int:suggestion_id>/dismiss", views.dismiss, name="dismiss"),
    path("figures/findings/decisions/<int:decision_id>/undo", views.undo, name="undo"),
    path("figures/findings/experiments", trials.experiments, name="experiments"),
    path("figures/findings/experiments/new", trials.new, name="new_experiment"),
    path("figures/findings/experiments/<int:experiment_id>", trials.experiment, name="experiment"),
    path("figures/findings/experiments/<int:experiment_id>/begin", trials.begin, name="begin_experiment"),
    path("figures/findings/experiments/<int:experiment_id>/draw", trials.draw, name="draw_pair"),
    path("figures/findings/experiments/<int:experiment_id>/stop", trials.stop, name="stop_experiment"),
    path("figures/findings/pairs/<int:pair_id>/plan", trials.plan, name="plan_pair"),
    path("figures/findings/pairs/<int:pair_id>/give-up", trials.give_up, name="give_up_pair"),
]
