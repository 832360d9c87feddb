from django.apps import AppConfig
from django.utils.translation import gettext_lazy, pgettext_lazy


class PlanConfig(AppConfig):
    name = "tesselle.plan"

    def ready(self) -> None:
        from tesselle.library import chosen, usage
        from tesselle.plan import journal_words, layers
        from tesselle.plan.aims import aims_of_delivery
        from tesselle.plan.by_hand.layer import by_hand_marks
        from tesselle.plan.by_hand.panels import by_hand_needs, by_hand_panel, count_by_hand, tell_counts
        from tesselle.plan.channel_panels import last_calls, what_is_planned_there
        from tesselle.plan.composer import planning_panel
        from tesselle.plan.costs import cost_again, cost_of_channel, cost_of_post
        from tesselle.plan.full_days import full_days_again, full_days_of_post
        from tesselle.plan.grid.panels import grid_in_composer, profile_grid
        from tesselle.plan.media_use import FILES, deliveries_with, planned_with
        from tesselle.plan.pictures.panels import begun_on_pictures
        from tesselle.plan.said_before import panel as said_before
        from tesselle.web import navigation, needs, panels

        journal_words.tell()
        panels.register("composer.planning", said_before, order=1)
        panels.register("composer.planning", planning_panel, order=10)
        panels.register("composer.planning", by_hand_panel, order=15)
        tell_counts()
        layers.register("by_hand", by_hand_marks)
        for page in ("plan:by_hand_all", "plan:by_hand"):
            navigation.belongs(page, to="publish:needs")
        needs.register("by_hand", find=by_hand_needs, count=count_by_hand, order=35)
        panels.register("composer.planning", cost_of_post, order=5)
        panels.register("composer.checked", cost_again)
        panels.register("composer.planning", full_days_of_post, order=6)
        panels.register("composer.checked", full_days_again)
        panels.register("compose.drafts", begun_on_pictures)
        panels.register("channels.channel", profile_grid, order=5)
        panels.register("composer.variant", grid_in_composer)
        panels.register("channels.channel", cost_of_channel, order=20)
        panels.register("channels.channel", last_calls, order=10)
        panels.register("channels.disconnecting", what_is_planned_there)
        panels.register("publish.delivery", aims_of_delivery, order=1)
        each = gettext_lazy("One post for each")
        chosen.register(chosen.Maker("posts", each, "plan:pictures", icon="posts", order=10, at_sharing=True))
        usage.register(deliveries_with, files=FILES)
        usage.register_planned(planned_with)

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
