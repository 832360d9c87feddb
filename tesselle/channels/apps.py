from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ChannelsConfig(AppConfig):
    name = "tesselle.channels"

    def ready(self) -> None:
        from tesselle.channels import deletion, journal_words
        from tesselle.channels.real_world import register
        from tesselle.web import navigation

        register()
        journal_words.tell()
        deletion.listen()
        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Channels"), "channels:list", icon="channels", order=40
            )
        )
