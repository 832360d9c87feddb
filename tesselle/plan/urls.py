from django.urls import path

from tesselle.plan import composer, views

app_name = "plan"
urlpatterns = [
    path("", views.month, name="calendar"),
    path("list", views.listing, name="list"),
    path("missed", views.missed, name="missed"),
    path("missed/decide", views.decide_missed, name="decide_missed"),
    path("take-up", views.take_up, name="take_up"),
    path("release", views.release, name="release"),
    path("posts/new/plan", composer.plan_new, name="plan_new"),
    path("posts/<int:post_id>/plan", composer.plan_written, name="plan_written"),
]
