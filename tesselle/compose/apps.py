from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy


def _writing(request: HttpRequest) -> str:
    """Hidden from those who only look on."""
    from django.urls import reverse

    from tesselle.workspaces.access import Right, may

    member = getattr(request, "member", None)
    return reverse("compose:new") if member is not None and may(member, Right.WRITE) else ""


class ComposeConfig(AppConfig):
    name = "tesselle.compose"

    def ready(self) -> None:
        from tesselle.channels import checkup
        from tesselle.compose import journal_words
        from tesselle.compose.media_use import FILES, posts_with
        from tesselle.compose.panels import first_post, post_with
        from tesselle.compose.reaching import can_fetch, panel_before_connecting, panel_of_channel
        from tesselle.library import usage
        from tesselle.web import panels
        from tesselle.web.navigation import Entry, register

        checkup.register("media", can_fetch)
        panels.register("channels.channel", panel_of_channel, order=15)
        panels.register("channels.connecting", panel_before_connecting)
        usage.register(posts_with, files=FILES)
        journal_words.tell()
        panels.register("channels.connected", first_post)
        panels.register("library.asset", post_with)

        register(Entry(pgettext_lazy("navigation", "Write"), _writing, icon="compose", order=5))
        drafts = pgettext_lazy("navigation", "Drafts")
        register(Entry(drafts, "compose:drafts", icon="pencil", order=20, group="posts"))
