from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReviewConfig(AppConfig):
    name = "tesselle.review"

    def ready(self) -> None:
        from tesselle.review import journal_words, listening, telling
        from tesselle.review.panels import (
            approval_panel,
            changes_asked,
            comments_panel,
            count_changes,
            count_yes,
            rule_panel,
            tell_counts,
            yes_asked,
        )
        from tesselle.web import navigation, needs, panels

        journal_words.tell()
        listening.listen()
        telling.listen()
        panels.register("composer.planning", approval_panel, order=20)
        panels.register("composer.planning", comments_panel, order=30)
        panels.register("channels.channel", rule_panel, order=5)
        tell_counts()
        needs.register("review.yes", find=yes_asked, count=count_yes, order=30)
        needs.register("review", find=changes_asked, count=count_changes, order=40)
        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Approvals"),
                "review:approvals",
                icon="check",
                order=25,
                group="posts",
            )
        )
