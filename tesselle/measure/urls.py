from django.urls import path

from tesselle.measure import views

app_name = "measure"
urlpatterns = [
    path("figures/", views.overview, name="overview"),
    path("figures/base", views.base, name="base"),
    path("figures/dictionary", views.dictionary, name="dictionary"),
    path("figures/channels/<int:channel_id>", views.channel, name="channel"),
    path("figures/posts/<int:post_id>", views.post, name="post"),
]
