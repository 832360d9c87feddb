from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy


def switch_address(request: HttpRequest) -> str:
    """Shown to whoever belongs to several workspaces."""
    from tesselle.workspaces.selectors import memberships

    if not request.user.is_authenticated or len(memberships(request.user)) < 2:
        return ""
    return reverse("workspaces:mine")


class WorkspacesConfig(AppConfig):
    name = "tesselle.workspaces"

    def ready(self) -> None:
        from tesselle.web import navigation
        from tesselle.web.navigation import Entry

        for entry in (
            Entry(pgettext_lazy("navigation", "Workspaces"), switch_address, "copy", 10, "account"),
            Entry(pgettext_lazy("navigation", "Settings"), "workspaces:settings", "settings", 20, "account"),
            Entry(
                pgettext_lazy("navigation", "Sign out"), "account_logout", "sign-out", 90, "account", "post"
            ),
        ):
            navigation.register(entry)
