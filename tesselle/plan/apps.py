from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PlanConfig(AppConfig):
    name = "tesselle.plan"

    def ready(self) -> None:
        from tesselle.library import usage
        from tesselle.plan import journal_words
        from tesselle.plan.channel_panels import last_calls, what_is_planned_there
        from tesselle.plan.composer import planning_panel
        from tesselle.plan.costs import cost_of_channel, cost_of_post
        from tesselle.plan.media_use import FILES, deliveries_with
        from tesselle.web import navigation, panels

        journal_words.tell()
        panels.register("composer.planning", planning_panel, order=10)
        panels.register("composer.planning", cost_of_post, order=5)
        panels.register("channels.channel", cost_of_channel, order=20)
        panels.register("channels.channel", last_calls, order=10)
        panels.register("channels.disconnecting", what_is_planned_there)
        usage.register(deliveries_with, files=FILES)

        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Calendar"), "plan:calendar", icon="calendar", order=10
            )
        )
        navigation.register_group(
            navigation.Group("posts", pgettext_lazy("navigation", "Posts"), icon="posts", order=15)
        )
        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "List"), "plan:list", icon="queue", order=15, group="posts"
            )
        )
