from django.urls import path

from tesselle.compose import idea_views, views

app_name = "compose"
urlpatterns = [
    path("drafts", views.drafts, name="drafts"),
    path("drafts/<int:copy_id>/discard", views.discard, name="discard"),
    path("ideas", idea_views.ideas, name="ideas"),
    path("ideas/<int:idea_id>/take-up", idea_views.take_up, name="take_up_idea"),
    path("ideas/<int:idea_id>/put-away", idea_views.put_away, name="put_away_idea"),
    path("posts/check", views.check, name="check"),
    path("posts/new", views.new, name="new"),
    path("posts/new/keep", views.keep_new, name="keep_new"),
    path("posts/<int:post_id>", views.edit, name="edit"),
    path("posts/<int:post_id>/keep", views.keep, name="keep"),
]
