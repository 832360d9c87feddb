from django.urls import path

from tesselle.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.month, name="calendar"),
    path("list", views.listing, name="list"),
    path("missed", views.missed, name="missed"),
    path("missed/decide", views.decide_missed, name="decide_missed"),
    path("take-up", views.take_up, name="take_up"),
    path("release", views.release, name="release"),
]
