from django.urls import path

from tesselle.adapt import views

app_name = "adapt"
urlpatterns = [
    path("figures/decisions", views.decisions, name="decisions"),
    path("figures/suggestions/<int:suggestion_id>/accept", views.accept, name="accept"),
    path("figures/suggestions/<int:suggestion_id>/dismiss", views.dismiss, name="dismiss"),
    path("figures/decisions/<int:decision_id>/undo", views.undo, name="undo"),
]
