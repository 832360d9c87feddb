from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PlanConfig(AppConfig):
    name = "tesselle.plan"

    def ready(self) -> None:
        from tesselle.plan.composer import planning_panel
        from tesselle.web import navigation, panels

        panels.register("composer.planning", planning_panel, order=10)

        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Calendar"), "plan:calendar", icon="calendar", order=10
            )
        )
        navigation.register(
            navigation.Entry(pgettext_lazy("navigation", "List"), "plan:list", icon="queue", order=15)
        )
