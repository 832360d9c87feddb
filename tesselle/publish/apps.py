from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PublishConfig(AppConfig):
    name = "tesselle.publish"

    def ready(self) -> None:
        from tesselle.publish import lists, needs_count
        from tesselle.publish import needs as found
        from tesselle.web import navigation, needs

        lists.listen()
        needs_count.tell()
        needs.register("installation", count=needs_count.count_all, find=found.installation, order=10)
        needs.register("channels", find=found.channels, order=20)
        needs.register("deliveries", find=found.deliveries, order=30)

        label = pgettext_lazy("navigation", "What needs you")
        navigation.register(
            navigation.Entry(
                label,
                "publish:needs",
                icon="home",
                order=1,
                count=needs.total,
                count_url="publish:needs_count",
            )
        )
