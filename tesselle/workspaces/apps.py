from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from tesselle.web.addresses import address


def choice_address(request: HttpRequest) -> str:
    """Shown to whoever has a choice: several workspaces, or the right to make one."""
    from tesselle.workspaces.access import may_create_workspaces
    from tesselle.workspaces.models import Role, User
    from tesselle.workspaces.selectors import memberships

    if not isinstance(request.user, User):
        return ""
    member = getattr(request, "member", None)
    if member is not None and member.role == Role.OWNER:
        return address("workspaces:mine")  # who owns one may make one: no need to ask for the others
    several = len(memberships(request.user)) > 1
    return address("workspaces:mine") if several or may_create_workspaces(request.user) else ""


def workspace_address(request: HttpRequest) -> str:
    return address("workspaces:workspace") if getattr(request, "member", None) else ""


def members_address(request: HttpRequest) -> str:
    return address("workspaces:members") if getattr(request, "member", None) else ""


def journal_address(request: HttpRequest) -> str:
    from tesselle.workspaces.access import Right, may

    member = getattr(request, "member", None)
    return address("workspaces:journal") if member and may(member, Right.MANAGE) else ""


def installation_address(request: HttpRequest) -> str:
    from tesselle.workspaces.access import is_operator

    return address("workspaces:installation") if is_operator(request.user) else ""


class WorkspacesConfig(AppConfig):
    name = "tesselle.workspaces"

    def ready(self) -> None:
        from allauth.socialaccount.providers import registry

        from tesselle.workspaces import journal_words
        from tesselle.workspaces.sign_in import events, oidc

        registry.register(oidc.Provider)
        events.listen()
        journal_words.tell()
        _announce()


def _announce() -> None:
    from tesselle.web.navigation import Entry, register

    for entry in (
        Entry(pgettext_lazy("navigation", "Members"), members_address, "people", 24, "account"),
        Entry(pgettext_lazy("navigation", "Journal"), journal_address, "thread", 26, "account"),
        Entry(pgettext_lazy("navigation", "Workspaces"), choice_address, "copy", 10, "account"),
        Entry(pgettext_lazy("navigation", "Workspace settings"), workspace_address, "home", 20, "account"),
        Entry(pgettext_lazy("navigation", "Your account"), "workspaces:settings", "user", 30, "account"),
        Entry(pgettext_lazy("navigation", "Installation"), installation_address, "settings", 40, "account"),
        Entry(pgettext_lazy("navigation", "Sign out"), "account_logout", "sign-out", 90, "account", "post"),
    ):
        register(entry)
