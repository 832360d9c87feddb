from django.urls import path, re_path

from tesselle.connectors.card import Discussed
from tesselle.engage import views
from tesselle.engage.aside_views import aside
from tesselle.engage.erasing_views import erase
from tesselle.engage.switching_views import listen
from tesselle.engage.waiting_views import waiting

_OF_ACCOUNT = "|".join(kind.value for kind in Discussed if kind is not Discussed.COMMENTS)
ACCOUNT = rf"^channels/(?P<channel_id>\d+)/(?P<kind>{_OF_ACCOUNT})"

app_name = "engage"
urlpatterns = [
    path("comments", waiting, name="waiting"),
    path("channels/<int:channel_id>/comments", listen, name="listen"),
    path("deliveries/<int:delivery_id>/replies", views.replies, name="replies"),
    path("deliveries/<int:delivery_id>/answer", views.answer, name="answer"),
    path("deliveries/<int:delivery_id>/aside", aside, name="aside"),
    path("deliveries/<int:delivery_id>/erase", erase, name="erase"),
    re_path(f"{ACCOUNT}$", views.replies, name="account_replies"),
    re_path(f"{ACCOUNT}/answer$", views.answer, name="account_answer"),
    re_path(f"{ACCOUNT}/aside$", aside, name="account_aside"),
    re_path(f"{ACCOUNT}/erase$", erase, name="account_erase"),
]
