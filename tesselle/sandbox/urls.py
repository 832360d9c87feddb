from django.urls import path, re_path

from tesselle.sandbox import taking_over_views as taking_over
from tesselle.sandbox import views
from tesselle.sandbox.badday import views as badday
from tesselle.sandbox.clock import views as clock
from tesselle.sandbox.discovering import views as discovering
from tesselle.sandbox.scenarios import views as scenarios
from tesselle.sandbox.shown import views as shown

app_name = "sandbox"
urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/connect/", views.connect_simulated_account, name="connect"),
    path("practice/network-page/", views.answer_page, name="answer_page"),
    path("practice/clock/", clock.page, name="clock"),
    path("practice/clock/bar/", clock.bar, name="clock_bar"),
    re_path("^practice/clock/go/(?P<step>event|day|week|date|play)/$", clock.go, name="clock_go"),
    path("practice/clock/stop/", clock.stop, name="clock_stop"),
    path("practice/bad-day/", badday.page, name="bad_day"),
    path("practice/bad-day/begin/", badday.begin, name="bad_day_begin"),
    path("practice/bad-day/<int:bad_day_id>/end/", badday.end, name="bad_day_end"),
    path("practice/channels/<int:channel_id>/new-token/", badday.new_token, name="new_token"),
    path("practice/scenarios/", scenarios.scenarios, name="scenarios"),
    path("practice/scenarios/<slug:scenario>/begin/", scenarios.begin, name="scenario_begin"),
    path("practice/scenario/", scenarios.scenario, name="scenario"),
    path("practice/scenario/end/", scenarios.to_the_end, name="scenario_end"),
    path("practice/world/", discovering.world, name="world"),
    path("practice/world/choose/", discovering.choose, name="choose_world"),
    path("practice/world/conclude/", discovering.commit, name="conclude"),
    path("practice/networks/", shown.networks, name="shown"),
    path("practice/networks/<int:channel_id>/", shown.account, name="shown_account"),
    path("practice/networks/<int:channel_id>/messages/", shown.messages, name="shown_messages"),
    path("practice/networks/<int:channel_id>/<int:delivery_id>/", shown.post, name="shown_post"),
    path("practice/take-over/", taking_over.page, name="take_over"),
    path("practice/take-over/begin/", taking_over.begin, name="take_over_begin"),
    path("practice/anew/", views.begin_anew_here, name="anew"),
]
