from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SandboxConfig(AppConfig):
    name = "tesselle.sandbox"

    def ready(self) -> None:
        from tesselle.channels.signals import channel_changed
        from tesselle.publish import remote_pages
        from tesselle.sandbox import journal_words, readers
        from tesselle.sandbox import panels as shown
        from tesselle.sandbox.badday.services import signed_in_anew
        from tesselle.sandbox.clock.past import past
        from tesselle.sandbox.practice import register
        from tesselle.web import navigation, panels
        from tesselle.workspaces.clocks import tell_past

        register()
        tell_past(past)
        readers.listen()
        channel_changed.connect(signed_in_anew, dispatch_uid="sandbox.signed_in_anew")
        journal_words.tell()
        remote_pages.register("practice", shown.simulated_page)
        panels.register("shell.top", shown.clock_bar)
        panels.register("home.top", shown.scenario_hint)
        panels.register("channels.connecting", shown.simulated_accounts)
        panels.register("channels.reconnecting", shown.new_token)
        panels.register("channels.leaving", shown.network_page)
        panels.register("channels.channel", shown.audience_of_channel, order=5)
        label = pgettext_lazy("navigation", "Practice")
        navigation.register(navigation.Entry(label, shown.practice_address, icon="play", order=90))
