from django.urls import path

from tesselle.channels import views
from tesselle.channels.views import installation, sign_in, wizard

app_name = "channels"
urlpatterns = [
    path("channels/", views.index, name="list"),
    path("channels/connect/", wizard.choose, name="connect"),
    path("channels/connect/confirm/", wizard.confirm, name="confirm"),
    path("channels/connect/done/", wizard.connected, name="connected"),
    path("channels/connect/<slug:slug>/", wizard.begin, name="begin"),
    path("channels/connect/<slug:slug>/sign-in/<slug:way>/", sign_in.send_off, name="send_off"),
    path("channels/signed-in/", sign_in.signed_in, name="signed_in"),
    path("channels/<int:channel_id>/", views.detail, name="detail"),
    path("channels/<int:channel_id>/reconnect/", wizard.reconnect, name="reconnect"),
    path("channels/<int:channel_id>/pause/", views.pause, name="pause"),
    path("channels/<int:channel_id>/resume/", views.resume, name="resume"),
    path("channels/<int:channel_id>/test/", views.run_self_test, name="test"),
    path("channels/<int:channel_id>/settings/", views.save_settings, name="settings"),
    path("channels/<int:channel_id>/disconnect/", views.disconnect, name="disconnect"),
    path("channels/<int:channel_id>/take-back/", views.take_back, name="take_back"),
    path("installation/networks/", installation.index, name="apps"),
    path("installation/networks/<slug:slug>/switch/", installation.switch, name="switch"),
    path("installation/networks/<slug:slug>/<slug:way>/", installation.edit, name="app"),
    path("installation/networks/<slug:slug>/<slug:way>/test/", installation.test, name="test_app"),
    path("installation/networks/<slug:slug>/<slug:way>/forget/", installation.forget, name="forget_app"),
]
