from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "tesselle.sandbox"

    def ready(self) -> None:
        from tesselle.sandbox.panels import simulated_accounts
        from tesselle.sandbox.practice import register
        from tesselle.web import panels

        register()
        panels.register("channels.connecting", simulated_accounts)
