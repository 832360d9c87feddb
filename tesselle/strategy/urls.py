from django.urls import path

from tesselle.strategy import views, voice_views
from tesselle.strategy.wizard.views import begin

app_name = "strategy"
urlpatterns = [
    path("strategy", views.strategy, name="strategy"),
    path("strategy/begin", begin, name="begin"),
    path("strategy/readers", voice_views.personas, name="personas"),
    path("strategy/readers/<int:persona_id>", voice_views.persona, name="persona"),
    path("strategy/readers/<int:persona_id>/retire", voice_views.retire_persona, name="retire_persona"),
    path("strategy/rhythm", voice_views.cadence, name="cadence"),
    path("strategy/line", voice_views.line, name="line"),
    path("strategy/<str:kind>/add", views.add, name="add"),
    path("strategy/<str:kind>/<int:aimed_id>", views.change, name="change"),
    path("strategy/<str:kind>/<int:aimed_id>/retire", views.retire, name="retire"),
    path("strategy/<str:kind>/<int:aimed_id>/restore", views.restore, name="restore"),
]
