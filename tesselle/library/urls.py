from django.urls import path

from tesselle.library import views

app_name = "library"
urlpatterns = [
    path("assets/<int:asset_id>", views.whole, name="asset"),
    path("assets/<int:asset_id>/small", views.small, name="thumb"),
]
