from django.urls import path

from tesselle.measure import business_views, views

app_name = "measure"
urlpatterns = [
    path("figures/", views.overview, name="overview"),
    path("figures/base", views.base, name="base"),
    path("figures/dictionary", views.dictionary, name="dictionary"),
    path("figures/results", business_views.results, name="results"),
    path("figures/results/<int:result_id>/remove", business_views.remove, name="remove_result"),
    path("figures/channels/<int:channel_id>", views.channel, name="channel"),
    path("figures/posts/<int:post_id>", views.post, name="post"),
]
