from django.apps import AppConfig


class EngageConfig(AppConfig):
    name = "tesselle.engage"

    def ready(self) -> None:
        from tesselle.engage.panels import replies_panel
        from tesselle.web import panels

        panels.register("publish.delivery", replies_panel, order=20)
