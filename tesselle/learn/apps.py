from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LearnConfig(AppConfig):
    name = "tesselle.learn"

    def ready(self) -> None:
        from tesselle.learn import journal_words
        from tesselle.learn.panels import in_short
        from tesselle.web import navigation, panels

        journal_words.tell()
        panels.register("measure.overview", in_short, order=10)
        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Findings"),
                "learn:findings",
                icon="search",
                order=36,
                group="figures",
            )
        )
