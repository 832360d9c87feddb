from django.urls import path

from tesselle.audience.views import lists, people, public

app_name = "audience"
urlpatterns = [
    path("subscribers/", lists.index, name="lists"),
    path("subscribers/<int:list_id>/", lists.detail, name="list"),
    path("subscribers/<int:list_id>/settings/", lists.settings, name="settings"),
    path("subscribers/<int:list_id>/add/", people.add, name="add"),
    path("subscribers/<int:list_id>/import/", people.bring_in, name="import"),
    path("subscribers/<int:list_id>/export/", people.export, name="export"),
    path("subscribers/<int:list_id>/<int:subscriber_id>/leave/", people.leave, name="take_off"),
    path("subscribers/<int:list_id>/<int:subscriber_id>/erase/", people.erase, name="erase"),
    path("subscribe/<uuid:public_id>/", public.join, name="join"),
    path("subscribe/confirm/<str:token>/", public.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", public.leave, name="leave"),
]
