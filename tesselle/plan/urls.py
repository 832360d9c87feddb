from django.urls import path

from tesselle.plan import composer, slot_views, views

app_name = "plan"
urlpatterns = [
    path("calendar", views.month, name="calendar"),
    path("list", views.listing, name="list"),
    path("missed", views.missed, name="missed"),
    path("missed/decide", views.decide_missed, name="decide_missed"),
    path("take-up", views.take_up, name="take_up"),
    path("release", views.release, name="release"),
    path("slots", slot_views.slots, name="slots"),
    path("slots/<int:channel_id>/add", slot_views.add, name="add_slots"),
    path("slots/<int:channel_id>/restore", slot_views.restore, name="restore_slot"),
    path("slots/<int:slot_id>/remove", slot_views.remove, name="remove_slot"),
    path("posts/when", composer.outcome, name="outcome"),
    path("posts/new/plan", composer.plan_new, name="plan_new"),
    path("posts/<int:post_id>/plan", composer.plan_written, name="plan_written"),
]
