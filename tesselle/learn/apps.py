from django.apps import AppConfig
from django.utils.translation import gettext_lazy, pgettext_lazy


class LearnConfig(AppConfig):
    name = "tesselle.learn"

    def ready(self) -> None:
        from tesselle.learn import journal_words, tabs
        from tesselle.learn import needs as own_needs
        from tesselle.learn.panels import in_short, outlook_of_objective
        from tesselle.learn.unusual import unusual_panel
        from tesselle.web import navigation, needs, panels

        journal_words.tell()
        panels.register("measure.overview", unusual_panel, order=20)
        tabs.register(tabs.Tab(gettext_lazy("Were we right?"), "learn:score", 40))
        panels.register("strategy.objective", outlook_of_objective)
        own_needs.tell_count()
        needs.register("goals", find=own_needs.goals, count=own_needs.count, order=40)
        panels.register("learn.tabs", tabs.tabs_panel)
        tabs.register(tabs.Tab(pgettext_lazy("navigation", "Findings"), "learn:findings", 10))
        panels.register("measure.overview", in_short, order=10)
        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Findings"),
                "learn:findings",
                icon="search",
                order=41,
                group="figures",
            )
        )
