from django.urls import path

from tesselle.learn import views

app_name = "learn"
urlpatterns = [
    path("figures/findings", views.findings, name="findings"),
    path("figures/findings/run", views.run, name="run"),
]
