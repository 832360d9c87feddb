from django.urls import path

from tesselle.compose import views

app_name = "compose"
urlpatterns = [
    path("drafts", views.drafts, name="drafts"),
    path("posts/check", views.check, name="check"),
    path("posts/new", views.new, name="new"),
    path("posts/<int:post_id>", views.edit, name="edit"),
]
