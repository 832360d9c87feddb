from django.urls import path

from tesselle.measure import business_views, views
from tesselle.measure.boards import peer_views
from tesselle.measure.boards import views as boards
from tesselle.measure.brought import views as brought
from tesselle.measure.site import views as site
from tesselle.measure.spending import views as spending

app_name = "measure"
urlpatterns = [
    path("figures/", views.overview, name="overview"),
    path("figures/base", views.base, name="base"),
    path("figures/aims", boards.aims, name="aims"),
    path("figures/audience", boards.audience, name="audience"),
    path("figures/peers", peer_views.peers, name="peers"),
    path("figures/peers/<int:peer_id>", peer_views.note, name="note_peer"),
    path("figures/peers/<int:peer_id>/remove", peer_views.remove, name="remove_peer"),
    path("figures/team", boards.team, name="team"),
    path("figures/dictionary", views.dictionary, name="dictionary"),
    path("figures/import", brought.bring, name="import"),
    path("figures/import/<int:import_id>", brought.look, name="look"),
    path("figures/import/<int:import_id>/keep", brought.keep, name="keep_import"),
    path("figures/import/<int:import_id>/undo", brought.undo, name="undo_import"),
    path("figures/deliveries/<int:delivery_id>/type", brought.type_in, name="type_in"),
    path("figures/visits/sources", site.sources, name="visit_sources"),
    path("figures/visits/sources/<int:source_id>/read", site.read_again, name="read_visit_source"),
    path("figures/visits/sources/<int:source_id>/let-go", site.let_go, name="let_go_visit_source"),
    path("figures/costs", spending.costs, name="costs"),
    path("figures/costs/rate", spending.rate, name="rate"),
    path("figures/costs/<int:spending_id>/remove", spending.remove, name="remove_spending"),
    path("figures/results", business_views.results, name="results"),
    path("figures/results/<int:result_id>/remove", business_views.remove, name="remove_result"),
    path("figures/channels/<int:channel_id>", views.channel, name="channel"),
    path("figures/posts/<int:post_id>", views.post, name="post"),
]
