from django.apps import AppConfig


class EngageConfig(AppConfig):
    name = "tesselle.engage"

    def ready(self) -> None:
        from tesselle.engage import journal_words
        from tesselle.engage import needs as found
        from tesselle.engage.panels import account_panel, answered_panel, listening_panel, replies_panel
        from tesselle.web import navigation, needs, panels

        journal_words.tell()
        panels.register("publish.delivery", replies_panel, order=20)
        panels.register("publish.delivery", answered_panel, order=21)
        panels.register("channels.channel", account_panel, order=20)
        panels.register("channels.channel", listening_panel, order=21)
        found.tell_counts()
        needs.register("engage", find=found.comments, count=found.count, order=35)
        for page in ("engage:waiting", "engage:replies", "engage:account_replies"):
            navigation.belongs(page, to="publish:needs")
