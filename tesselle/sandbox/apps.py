from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "tesselle.sandbox"

    def ready(self) -> None:
        from tesselle.sandbox.practice import register

        register()
