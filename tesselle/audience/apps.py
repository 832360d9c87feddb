from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy


def _lists_page(request: HttpRequest) -> str:
    """Only where there is a list, for those who may see it: who sends no newsletter is not bothered."""
    from tesselle.audience.models import MailingList
    from tesselle.workspaces.access import Right, may

    member = getattr(request, "member", None)
    if member is None or not may(member, Right.PLAN):
        return ""
    if not MailingList.objects.filter(workspace=member.workspace_id).exists():
        return ""
    return reverse("audience:lists")


class AudienceConfig(AppConfig):
    name = "tesselle.audience"

    def ready(self) -> None:
        from tesselle.audience import journal_words
        from tesselle.web.navigation import Entry, register

        journal_words.tell()
        register(Entry(pgettext_lazy("navigation", "Subscribers"), _lists_page, icon="people", order=45))
