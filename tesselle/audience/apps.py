from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from tesselle.web.addresses import address


def _lists_page(request: HttpRequest) -> str:
    """Only where there is a list, for those who may see it: who sends no newsletter is not bothered."""
    from tesselle.workspaces import facts
    from tesselle.workspaces.access import Right, may

    member = getattr(request, "member", None)
    if member is None or not may(member, Right.PLAN):
        return ""
    return address("audience:lists") if facts.of(request)["audience.lists"] else ""


class AudienceConfig(AppConfig):
    name = "tesselle.audience"

    def ready(self) -> None:
        from django.db.models import Exists, OuterRef

        from tesselle.audience import journal_words
        from tesselle.audience.models import MailingList
        from tesselle.web.navigation import Entry, register
        from tesselle.workspaces import facts

        journal_words.tell()
        facts.register("audience.lists", lambda: Exists(MailingList.objects.filter(workspace=OuterRef("pk"))))
        register(
            Entry(
                pgettext_lazy("navigation", "Subscribers"),
                _lists_page,
                icon="people",
                order=45,
                group="channels",
            )
        )
