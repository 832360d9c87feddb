from django.urls import path

from tesselle.workspaces import views

app_name = "workspaces"
urlpatterns = [
    path("nowhere/", views.nowhere, name="nowhere"),
    path("first-run/", views.welcome, name="welcome"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/person/", views.save_person, name="save_person"),
    path("settings/workspace/", views.save_workspace, name="save_workspace"),
    path("workspaces/", views.mine, name="mine"),
    path("workspaces/switch/", views.switch, name="switch"),
]
