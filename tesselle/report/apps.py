from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReportConfig(AppConfig):
    name = "tesselle.report"

    def ready(self) -> None:
        from tesselle.report import journal_words
        from tesselle.report.panels import report_of_campaign
        from tesselle.web import navigation, panels

        journal_words.tell()
        panels.register("strategy.campaign", report_of_campaign)
        navigation.register(
            navigation.Entry(
                pgettext_lazy("navigation", "Report"),
                "report:report",
                icon="posts",
                order=42,
                group="figures",
            )
        )
