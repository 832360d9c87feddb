from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class StrategyConfig(AppConfig):
    name = "tesselle.strategy"

    def ready(self) -> None:
        from tesselle.strategy import journal_words
        from tesselle.strategy.panels import aims_of_post
        from tesselle.web import panels
        from tesselle.web.navigation import Entry, register

        journal_words.tell()
        panels.register("composer.aims", aims_of_post)
        label = pgettext_lazy("navigation", "Strategy")
        register(Entry(label, "strategy:strategy", icon="star", order=35))
