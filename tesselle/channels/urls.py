from django.urls import path

from tesselle.channels import views
from tesselle.channels.views import wizard

app_name = "channels"
urlpatterns = [
    path("channels/", views.index, name="list"),
    path("channels/connect/", wizard.choose, name="connect"),
    path("channels/connect/confirm/", wizard.confirm, name="confirm"),
    path("channels/connect/<slug:slug>/", wizard.begin, name="begin"),
    path("channels/<int:channel_id>/", views.detail, name="detail"),
    path("channels/<int:channel_id>/reconnect/", wizard.reconnect, name="reconnect"),
    path("channels/<int:channel_id>/pause/", views.pause, name="pause"),
    path("channels/<int:channel_id>/resume/", views.resume, name="resume"),
    path("channels/<int:channel_id>/test/", views.self_test, name="test"),
    path("channels/<int:channel_id>/settings/", views.save_settings, name="settings"),
    path("channels/<int:channel_id>/disconnect/", views.disconnect, name="disconnect"),
]
