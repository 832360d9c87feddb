from django.urls import path

from tesselle.publish import home, live, views

app_name = "publish"
urlpatterns = [
    path("", home.home, name="needs"),
    path("needs/count", home.count, name="needs_count"),
    path("live", live.stream, name="live"),
    path("deliveries/<int:delivery_id>", views.delivery, name="delivery"),
    path("deliveries/<int:delivery_id>/cancel", views.cancel, name="cancel"),
    path("deliveries/<int:delivery_id>/replan", views.replan, name="replan"),
    path("deliveries/<int:delivery_id>/send-now", views.send_now, name="send_now"),
    path("deliveries/<int:delivery_id>/look-again", views.look_again, name="look_again"),
    path("deliveries/<int:delivery_id>/mark-as-sent", views.mark_as_sent, name="mark_as_sent"),
    path("deliveries/<int:delivery_id>/adopt", views.adopt, name="adopt"),
    path("deliveries/<int:delivery_id>/seen-to", views.seen_to, name="seen_to"),
    path("deliveries/<int:delivery_id>/edit", views.edit, name="edit"),
    path("deliveries/<int:delivery_id>/delete", views.delete, name="delete"),
]
