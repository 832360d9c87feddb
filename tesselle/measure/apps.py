from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MeasureConfig(AppConfig):
    name = "tesselle.measure"

    def ready(self) -> None:
        from tesselle.measure import journal_words
        from tesselle.measure.panels import figures_panel, past_posts
        from tesselle.plan import layers
        from tesselle.web import navigation, panels

        journal_words.tell()
        layers.register("past_posts", past_posts)
        panels.register("publish.delivery", figures_panel, order=10)
        label = pgettext_lazy("navigation", "Figures")
        navigation.register_group(navigation.Group("figures", label, icon="figures", order=37))
        navigation.register(
            navigation.Entry(label, "measure:overview", icon="figures", order=35, group="figures")
        )
