from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tesselle.notify"

    def ready(self) -> None:
        from tesselle.notify.panels import account_way, bell, tell_counts
        from tesselle.web import panels

        tell_counts()
        panels.register("shell.head", bell)
        panels.register("account.ways", account_way)
