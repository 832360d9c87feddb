from django.apps import AppConfig
from django.utils.translation import gettext_lazy, pgettext_lazy


class LibraryConfig(AppConfig):
    name = "tesselle.library"

    def ready(self) -> None:
        from tesselle.library import chosen, journal_words
        from tesselle.library.tidying import throw_away_with
        from tesselle.web.navigation import Entry, register
        from tesselle.workspaces.deletion import purging

        purging.connect(throw_away_with, dispatch_uid="library")

        journal_words.tell()
        document = gettext_lazy("Make a document of them")
        chosen.register(chosen.Maker("document", document, "library:new_document", icon="copy", order=20))
        chosen.register(chosen.Maker("pair", gettext_lazy("Before and after"), "library:new_pair", order=30))
        register(Entry(pgettext_lazy("navigation", "Media"), "library:media", icon="library", order=30))
