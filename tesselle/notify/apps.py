from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tesselle.notify"

    def ready(self) -> None:
        from tesselle.notify.panels import account_way, bell
        from tesselle.web import panels

        panels.register("shell.head", bell)
        panels.register("account.ways", account_way)
