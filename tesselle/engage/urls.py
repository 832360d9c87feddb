from django.urls import path

from tesselle.engage import views
from tesselle.engage.aside_views import aside
from tesselle.engage.erasing_views import erase
from tesselle.engage.switching_views import listen
from tesselle.engage.waiting_views import waiting

app_name = "engage"
urlpatterns = [
    path("comments", waiting, name="waiting"),
    path("channels/<int:channel_id>/comments", listen, name="listen"),
    path("deliveries/<int:delivery_id>/replies", views.replies, name="replies"),
    path("deliveries/<int:delivery_id>/answer", views.answer, name="answer"),
    path("deliveries/<int:delivery_id>/aside", aside, name="aside"),
    path("deliveries/<int:delivery_id>/erase", erase, name="erase"),
]
