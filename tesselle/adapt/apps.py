from django.apps import AppConfig


class AdaptConfig(AppConfig):
    name = "tesselle.adapt"

    def ready(self) -> None:
        from tesselle.adapt import journal_words
        from tesselle.adapt.panels import suggestions
        from tesselle.web import panels

        journal_words.tell()
        panels.register("learn.findings", suggestions, order=10)
