from typing import Any

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


def _follow_aim(*, revision: Any, **_more: Any) -> None:
    from tesselle.measure.rollups import follow_aim

    follow_aim(revision.post_id)


class MeasureConfig(AppConfig):
    name = "tesselle.measure"

    def ready(self) -> None:
        from tesselle.compose.signals import revision_made
        from tesselle.measure import aimed, journal_words
        from tesselle.measure.panels import elsewhere_panel, figures_panel, past_posts, tabs_panel
        from tesselle.plan import layers
        from tesselle.web import navigation, panels

        journal_words.tell()
        revision_made.connect(_follow_aim, dispatch_uid="measure.follow_aim")
        aimed.register()
        layers.register("past_posts", past_posts)
        panels.register("figures.tabs", tabs_panel)
        panels.register("links.elsewhere", elsewhere_panel)
        panels.register("publish.delivery", figures_panel, order=10)
        label = pgettext_lazy("navigation", "Figures")
        navigation.register_group(navigation.Group("figures", label, icon="figures", order=37))
        navigation.register(
            navigation.Entry(label, "measure:overview", icon="figures", order=35, group="figures")
        )
