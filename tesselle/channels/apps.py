from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "tesselle.channels"

    def ready(self) -> None:
        from tesselle.channels.real_world import register

        register()
