from django.urls import path

from tesselle.links import views

app_name = "links"
urlpatterns = [
    path("l/<str:place>", views.follow, name="follow"),
    path("figures/visits", views.links, name="links"),
    path("figures/visits/automatic", views.automatic, name="automatic"),
    path("figures/visits/<int:short_id>/withdraw", views.withdraw, name="withdraw"),
    path("figures/visits/<int:short_id>/restore", views.restore, name="restore"),
]
