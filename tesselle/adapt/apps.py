from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AdaptConfig(AppConfig):
    name = "tesselle.adapt"

    def ready(self) -> None:
        from tesselle.adapt import journal_words
        from tesselle.adapt.panels import suggestions
        from tesselle.adapt.trials.panels import arm_of_delivery, try_it_out
        from tesselle.learn import tabs
        from tesselle.web import panels

        journal_words.tell()
        tabs.register(tabs.Tab(pgettext_lazy("navigation", "Experiments"), "adapt:experiments", 20))
        tabs.register(tabs.Tab(pgettext_lazy("navigation", "Decisions"), "adapt:decisions", 30))
        panels.register("publish.delivery", arm_of_delivery, order=2)
        panels.register("learn.finding", try_it_out)
        panels.register("learn.findings", suggestions, order=10)
