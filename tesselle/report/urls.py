from django.urls import path

from tesselle.report import views

app_name = "report"
urlpatterns = [
    path("figures/report", views.report, name="report"),
    path("figures/report.<str:ending>", views.file, name="file"),
]
