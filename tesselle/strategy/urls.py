from django.urls import path

from tesselle.strategy import views

app_name = "strategy"
urlpatterns = [
    path("strategy", views.strategy, name="strategy"),
    path("strategy/<str:kind>/add", views.add, name="add"),
    path("strategy/<str:kind>/<int:aimed_id>", views.change, name="change"),
    path("strategy/<str:kind>/<int:aimed_id>/retire", views.retire, name="retire"),
    path("strategy/<str:kind>/<int:aimed_id>/restore", views.restore, name="restore"),
]
