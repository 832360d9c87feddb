from django.urls import path, re_path

from tesselle.sandbox import views
from tesselle.sandbox.clock import views as clock

app_name = "sandbox"
urlpatterns = [
    path("practice/connect/", views.connect_simulated_account, name="connect"),
    path("practice/network-page/", views.answer_page, name="answer_page"),
    path("practice/clock/", clock.page, name="clock"),
    path("practice/clock/bar/", clock.bar, name="clock_bar"),
    re_path("^practice/clock/go/(?P<step>event|day|week|date|play)/$", clock.go, name="clock_go"),
    path("practice/clock/stop/", clock.stop, name="clock_stop"),
    path("practice/anew/", views.begin_anew_here, name="anew"),
]
