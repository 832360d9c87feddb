from django.urls import path

from tesselle.compose import version_views, views

app_name = "compose"
urlpatterns = [
    path("drafts", views.drafts, name="drafts"),
    path("drafts/<int:copy_id>/discard", views.discard, name="discard"),
    path("posts/check", views.check, name="check"),
    path("posts/new", views.new, name="new"),
    path("posts/new/keep", views.keep_new, name="keep_new"),
    path("posts/<int:post_id>", views.edit, name="edit"),
    path("posts/<int:post_id>/keep", views.keep, name="keep"),
    path("posts/<int:post_id>/versions", version_views.versions, name="versions"),
    path("posts/<int:post_id>/versions/<int:number>", version_views.version, name="version"),
    path("posts/<int:post_id>/versions/<int:number>/go-back", version_views.go_back, name="go_back"),
]
