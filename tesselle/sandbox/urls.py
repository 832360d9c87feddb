from django.urls import path

from tesselle.sandbox import views

app_name = "sandbox"
urlpatterns = [
    path("practice/connect/", views.connect_simulated_account, name="connect"),
    path("practice/network-page/", views.answer_page, name="answer_page"),
]
