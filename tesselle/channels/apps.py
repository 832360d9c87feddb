from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy


def _apps_page(request: HttpRequest) -> str:
    """Only for the operator, and only where some network needs one."""
    from tesselle.channels.own_apps import needing_an_app
    from tesselle.workspaces.access import is_operator

    return reverse("channels:apps") if is_operator(request.user) and needing_an_app() else ""


class ChannelsConfig(AppConfig):
    name = "tesselle.channels"

    def ready(self) -> None:
        from tesselle.channels import deletion, journal_words, own_apps_pages
        from tesselle.channels.real_world import register
        from tesselle.web import navigation, panels

        register()
        journal_words.tell()
        deletion.listen()
        panels.register("workspaces.installation", own_apps_pages.apps_card)
        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Network applications"),
                _apps_page,
                icon="lock",
                order=60,
                place="account",
            )
        )
        label = pgettext_lazy("navigation", "Channels")
        navigation.register_group(navigation.Group("channels", label, icon="channels", order=40))
        navigation.register(
            navigation.Entry(label, "channels:list", icon="channels", order=40, group="channels")
        )
