from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "tesselle.sandbox"

    def ready(self) -> None:
        from tesselle.sandbox.panels import network_page, simulated_accounts
        from tesselle.sandbox.practice import register
        from tesselle.web import panels

        register()
        panels.register("channels.connecting", simulated_accounts)
        panels.register("channels.leaving", network_page)
