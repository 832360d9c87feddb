from django.urls import path

from tesselle.notify import views

app_name = "notify"
urlpatterns = [
    path("notifications", views.notices, name="notices"),
    path("notifications/read", views.read_all, name="read_all"),
    path("notifications/bell", views.bell, name="bell"),
    path("notifications/<int:notice_id>", views.open_notice, name="open"),
    path("settings/notifications", views.preferences, name="preferences"),
    path("settings/devices", views.add_device, name="add_device"),
    path("settings/devices/<int:device_id>/forget", views.forget_device, name="forget_device"),
]
