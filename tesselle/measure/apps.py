from django.apps import AppConfig


class MeasureConfig(AppConfig):
    name = "tesselle.measure"

    def ready(self) -> None:
        from tesselle.measure.panels import figures_panel, past_posts
        from tesselle.plan import layers
        from tesselle.web import panels

        layers.register("past_posts", past_posts)
        panels.register("publish.delivery", figures_panel, order=10)
