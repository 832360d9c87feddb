from django.urls import path

from tesselle.compose import idea_views, snippet_views, version_views, views

app_name = "compose"
urlpatterns = [
    path("drafts", views.drafts, name="drafts"),
    path("drafts/<int:copy_id>/discard", views.discard, name="discard"),
    path("snippets", snippet_views.snippets, name="snippets"),
    path("snippets/add", snippet_views.add, name="add_snippet"),
    path("snippets/<int:snippet_id>", snippet_views.change, name="change_snippet"),
    path("snippets/<int:snippet_id>/remove", snippet_views.remove, name="remove_snippet"),
    path("posts/insert", views.insert, name="insert"),
    path("ideas", idea_views.ideas, name="ideas"),
    path("ideas/<int:idea_id>/take-up", idea_views.take_up, name="take_up_idea"),
    path("ideas/<int:idea_id>/put-away", idea_views.put_away, name="put_away_idea"),
    path("posts/check", views.check, name="check"),
    path("posts/new", views.new, name="new"),
    path("posts/new/keep", views.keep_new, name="keep_new"),
    path("posts/<int:post_id>", views.edit, name="edit"),
    path("posts/<int:post_id>/keep", views.keep, name="keep"),
    path("posts/<int:post_id>/versions", version_views.versions, name="versions"),
    path("posts/<int:post_id>/versions/<int:number>", version_views.version, name="version"),
    path("posts/<int:post_id>/versions/<int:number>/go-back", version_views.go_back, name="go_back"),
]
