from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "tesselle.library"

    def ready(self) -> None:
        from tesselle.library import journal_words

        journal_words.tell()
