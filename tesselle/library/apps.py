from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LibraryConfig(AppConfig):
    name = "tesselle.library"

    def ready(self) -> None:
        from tesselle.library import journal_words
        from tesselle.library.tidying import throw_away_with
        from tesselle.web.navigation import Entry, register
        from tesselle.workspaces.deletion import purging

        purging.connect(throw_away_with, dispatch_uid="library")

        journal_words.tell()
        register(Entry(pgettext_lazy("navigation", "Media"), "library:media", icon="library", order=30))
