from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AcademyConfig(AppConfig):
    name = "tesselle.academy"

    def ready(self) -> None:
        from tesselle.academy import journal_words
        from tesselle.academy.learning.panels import chapter_bar, page_help
        from tesselle.academy.testing.panels import project_bar
        from tesselle.academy.time.at_hand import difficulty_at_hand
        from tesselle.web import panels
        from tesselle.web.navigation import Entry, register

        journal_words.tell()
        panels.register("shell.help", page_help)
        panels.register("shell.top", project_bar, order=20)
        panels.register("shell.top", chapter_bar, order=21)
        panels.register("publish.delivery", difficulty_at_hand, order=0)
        register(Entry(pgettext_lazy("navigation", "Path"), path_address, icon="bookmark", order=85))


def path_address(request: object) -> str:
    from django.urls import reverse

    return reverse("academy:overview") if getattr(request, "member", None) else ""
