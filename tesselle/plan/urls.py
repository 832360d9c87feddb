from django.urls import path

from tesselle.plan import composer, said_before, slot_views, views
from tesselle.plan.by_hand import views as by_hand
from tesselle.plan.calendar import festive_views, move_views
from tesselle.plan.calendar.views import calendar
from tesselle.plan.grid import views as grid_views
from tesselle.plan.many import views as many_views
from tesselle.plan.pictures import views as picture_views
from tesselle.plan.rhythm import (
    bulk_views,
    evergreen_views,
    export_views,
    feed_views,
    import_views,
    repeat_views,
)

app_name = "plan"
urlpatterns = [
    path("calendar", calendar, name="calendar"),
    path("calendar/move", move_views.move, name="move"),
    path("calendar/move-back", move_views.undo, name="move_back"),
    path("calendar/begin", move_views.begin, name="begin"),
    path("calendar/days", festive_views.festive_days, name="festive"),
    path("calendar/days/place", festive_views.place, name="festive_place"),
    path("calendar/days/events", festive_views.add, name="add_event"),
    path("calendar/days/events/<int:event_id>/remove", festive_views.remove, name="remove_event"),
    path("calendar/feeds", feed_views.feeds, name="feeds"),
    path("calendar/feeds/open", feed_views.open_one, name="open_feed"),
    path("calendar/feeds/<int:feed_id>/withdraw", feed_views.withdraw, name="withdraw_feed"),
    path("calendar/bulk", bulk_views.bulk, name="bulk"),
    path("calendar/bulk/preview", bulk_views.preview, name="bulk_preview"),
    path("calendar/bulk/plan", bulk_views.plan, name="bulk_plan"),
    path("calendar/pictures", picture_views.pictures, name="pictures"),
    path("calendar/pictures/made", picture_views.made, name="pictures_made"),
    path("calendar/pictures/keep", picture_views.keep_typed, name="pictures_keep"),
    path(
        "calendar/pictures/kept/<int:pictures_copy_id>/put-away",
        picture_views.put_away,
        name="pictures_put_away",
    ),
    path("calendar/pictures/<int:change_id>", picture_views.done, name="pictures_done"),
    path("calendar/pictures/<int:change_id>/undo", picture_views.undo, name="pictures_undo"),
    path("calendar/import", import_views.bring, name="import"),
    path("calendar/import/look", import_views.look, name="import_look"),
    path("calendar/import/run", import_views.run, name="import_run"),
    path("calendar/import/<int:change_id>/undo", import_views.undo, name="import_undo"),
    path("calendar/import/example.csv", import_views.example, name="import_example"),
    path("posts/<int:post_id>/repeat", repeat_views.repeated, name="repeat"),
    path("calendar/evergreen", evergreen_views.evergreens, name="evergreens"),
    path("calendar/evergreen/<int:evergreen_id>/again", evergreen_views.plan_again, name="plan_again"),
    path("posts/<int:post_id>/evergreen", evergreen_views.set_evergreen, name="set_evergreen"),
    path("calendar/call-off", bulk_views.call_off, name="call_off"),
    path("channels/<int:channel_id>/exchange", grid_views.exchange_two, name="exchange"),
    path("channels/<int:channel_id>/exchange-back", grid_views.exchange_back, name="exchange_back"),
    path("feeds/<str:feed_token>.ics", feed_views.feed, name="feed"),
    path("shared/<str:feed_token>", feed_views.shared, name="shared"),
    path("list/export.csv", export_views.export_csv, name="export_csv"),
    path("list/export.xlsx", export_views.export_xlsx, name="export_xlsx"),
    path("by-hand", by_hand.all_of_them, name="by_hand_all"),
    path("by-hand/<int:by_hand_id>", by_hand.one, name="by_hand"),
    path("by-hand/<int:by_hand_id>/done", by_hand.finish, name="by_hand_done"),
    path("by-hand/<int:by_hand_id>/call-off", by_hand.drop, name="by_hand_off"),
    path("posts/<int:post_id>/by-hand", by_hand.remind, name="by_hand_new"),
    path("list", views.listing, name="list"),
    path("list/change", many_views.many, name="many"),
    path("list/changes/<int:change_id>/undo", many_views.undo_many, name="undo_many"),
    path("missed", views.missed, name="missed"),
    path("missed/decide", views.decide_missed, name="decide_missed"),
    path("take-up", views.take_up, name="take_up"),
    path("release", views.release, name="release"),
    path("slots", slot_views.slots, name="slots"),
    path("slots/<int:channel_id>/add", slot_views.add, name="add_slots"),
    path("slots/<int:channel_id>/restore", slot_views.restore, name="restore_slot"),
    path("slots/<int:slot_id>/remove", slot_views.remove, name="remove_slot"),
    path("posts/said-before", said_before.look, name="said_before"),
    path("posts/when", composer.outcome, name="outcome"),
    path("posts/new/plan", composer.plan_new, name="plan_new"),
    path("posts/<int:post_id>/plan", composer.plan_written, name="plan_written"),
]
