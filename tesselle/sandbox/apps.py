from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "tesselle.sandbox"

    def ready(self) -> None:
        from tesselle.sandbox import journal_words, readers
        from tesselle.sandbox.panels import clock_bar, network_page, simulated_accounts
        from tesselle.sandbox.practice import register
        from tesselle.web import panels

        register()
        readers.listen()
        journal_words.tell()
        panels.register("shell.top", clock_bar)
        panels.register("channels.connecting", simulated_accounts)
        panels.register("channels.leaving", network_page)
