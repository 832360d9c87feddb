from django.urls import path

from tesselle.engage import views

app_name = "engage"
urlpatterns = [
    path("deliveries/<int:delivery_id>/replies", views.replies, name="replies"),
    path("deliveries/<int:delivery_id>/answer", views.answer, name="answer"),
]
