from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LibraryConfig(AppConfig):
    name = "tesselle.library"

    def ready(self) -> None:
        from tesselle.web.navigation import Entry, register

        register(Entry(pgettext_lazy("navigation", "Media"), "library:media", icon="library", order=30))
