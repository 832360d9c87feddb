from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReviewConfig(AppConfig):
    name = "tesselle.review"

    def ready(self) -> None:
        from tesselle.review import journal_words
        from tesselle.review.panels import approval_panel, changes_asked, count_changes, tell_changes
        from tesselle.web import navigation, needs, panels

        journal_words.tell()
        panels.register("composer.planning", approval_panel, order=20)
        tell_changes()
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
